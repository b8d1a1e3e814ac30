import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = [
  'src-main',
  'src-preload',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]

/** One file of each part; a build that failed halfway lacks the last. */
export const BUILT = ['out/main/index.js', 'out/main/serve.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** The launcher is not part of what is built. */
const LEFT_OUT = 'launch'

/** Whether the built app is missing, in part or whole, or older than what it is made of. */
export function isBuildStale(root: string): boolean {
  const oldestBuilt = Math.min(...BUILT.map((path) => changedAt(join(root, path))))
  return SOURCES.some((path) => isNewer(join(root, path), oldestBuilt))
}

/** Folders count by their own time too: it changes when a file in them is removed or renamed. */
function isNewer(path: string, than: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return false
  if (stats.mtimeMs > than) return true
  return stats.isDirectory() && readdirSync(path).some((name) => name !== LEFT_OUT && isNewer(join(path, name), than))
}

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity
