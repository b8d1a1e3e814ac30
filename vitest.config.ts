import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/helpers/longest-first.ts'
import { keepFoldersInMemory } from './test/helpers/memory-folder.ts'
import { threads } from './test/helpers/threads-plugin.ts'

// What is measured is measured on the disk that a writer has.
if (!process.argv.includes('bench')) keepFoldersInMemory()

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * How long a test may wait for what must come. A machine that is busy with other work is slow, not broken: a test fails
 * when the thing does not come, and not when it comes late. One wait fits into a test several times.
 */
const WAIT_MS = 60_000
const patience = {
  expect: { poll: { timeout: WAIT_MS } },
  testTimeout: 4 * WAIT_MS,
  hookTimeout: 4 * WAIT_MS,
}

const alias = {
  '@contract': folder('src-preload/contract'),
  '@main': folder('src-main'),
  '@renderer': folder('src-renderer'),
  '@resources': folder('resources'),
  '@test': folder('test'),
}

const shared = { resolve: { alias } }
const main = { ...shared, plugins: [threads(folder('.'), alias)] }

export default defineConfig({
  test: {
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      { ...main, test: { ...patience, name: 'unit', isolate: false, include: ['test/unit/**/*.test.ts'] } },
      {
        ...main,
        test: { ...patience, name: 'integration', isolate: false, include: ['test/integration/**/*.test.ts'] },
      },
      {
        ...shared,
        plugins: [react()],
        test: {
          ...patience,
          name: 'component',
          environment: 'jsdom',
          isolate: false,
          include: ['test/component/**/*.test.tsx'],
          setupFiles: ['test/component/setup.ts'],
          provide: { waitMs: WAIT_MS },
        },
      },
      {
        ...main,
        test: {
          ...patience,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          benchmark: { include: ['test/bench/**/*.bench.ts'] },
          globalSetup: ['test/e2e/global-setup.ts'],
          setupFiles: ['test/e2e/setup.ts'],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
