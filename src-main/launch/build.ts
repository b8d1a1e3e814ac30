import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { BUILT, isBuildStale } from './freshness.ts'
import { run } from './run.mjs'

/**
 * Builds the app when its sources changed since it was built last.
 * @throws Error when it cannot be built; the reasons are printed.
 */
export async function buildIfStale(root: string): Promise<void> {
  if (!isBuildStale(root)) return
  console.log('Building Fabula.')
  const begin = new Date()
  let report = ''
  const electronVite = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const code = await run(process.execPath, [electronVite, 'build', '--logLevel=warn'], {
    cwd: root,
    onOutput: (text) => {
      report += text
    },
  })
  if (code !== 0) throw new Error(`${report}Fabula could not be built.`)
  // What is built is as old as the moment its sources were read: a change made meanwhile must count as newer.
  for (const path of BUILT.map((name) => join(root, name))) if (existsSync(path)) utimesSync(path, begin, begin)
}
