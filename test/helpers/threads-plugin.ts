import { mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'vite'
import type { Vite } from 'vitest/node'

const MARK = '?modulePath'

/**
 * Gives tests the threads that the built app has: builds the file behind an import with `?modulePath` and gives its path,
 * as electron-vite does. What is built lies inside `node_modules`, where the packages it needs are found.
 */
export function threads(root: string, alias: Record<string, string>): Vite.Plugin {
  const newFolder = () => {
    const folder = mkdtempSync(join(root, 'node_modules/.vitest-thread-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    return folder
  }
  return {
    name: 'fabula-threads',
    enforce: 'pre',
    // A path that another run remembers leads to a folder that went with it.
    configureVitest: ({ defineCacheKeyGenerator }) =>
      defineCacheKeyGenerator(({ id }) => (id.endsWith(MARK) ? false : undefined)),
    async load(id) {
      if (!id.endsWith(MARK)) return null
      const source = id.slice(0, -MARK.length)
      const outDir = newFolder()
      await build({
        configFile: false,
        logLevel: 'error',
        resolve: { alias },
        build: { ssr: source, outDir, emptyOutDir: false, target: 'node20' },
      })
      return `export default ${JSON.stringify(join(outDir, `${basename(source, '.ts')}.js`))}`
    },
  }
}
