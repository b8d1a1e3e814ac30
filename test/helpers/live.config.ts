import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { threads } from './threads-plugin.ts'

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const alias = {
  '@contract': folder('src-preload/contract'),
  '@main': folder('src-main'),
  '@resources': folder('resources'),
  '@test': folder('test'),
}

/** `npm run test:live`: the suites that need a real server of the user's. A model may take its time to load. */
export default defineConfig({
  resolve: { alias },
  plugins: [threads(folder(''), alias)],
  test: {
    reporters: ['verbose'],
    include: ['test/live/**/*.test.ts'],
    root: folder(''),
    testTimeout: 300_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
