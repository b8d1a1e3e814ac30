import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

/** An Electron that is there already, so that none has to be downloaded. */
export interface ElectronDistribution {
  /** The folder that has Electron's own files. */
  folder: string
  version: string
  /** Native modules that were built for this Electron and take the place of those that their packages bring. */
  nativeModules: string[]
}

/** In every distribution, on each system. */
const MARK = 'version'

/** Modules that an Electron may bring along: better-sqlite3's own binaries need the Node of a current one. */
const NATIVE_MODULES = ['better_sqlite3.node']

/**
 * What `ELECTRON_OVERRIDE_DIST_PATH` names: a distribution, or a folder with one in `dist` and what is to be started in
 * its place beside it. Null when nothing is named.
 *
 * @throws Error when the folder holds no Electron
 */
export function givenElectron(env: NodeJS.ProcessEnv): ElectronDistribution | null {
  const given = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!given) return null
  const outer = resolve(given)
  const folder = [join(outer, 'dist'), outer].find((path) => existsSync(join(path, MARK)))
  if (folder === undefined) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron (${given})`)
  return {
    folder,
    version: readFileSync(join(folder, MARK), 'utf8').trim().replace(/^v/, ''),
    nativeModules: NATIVE_MODULES.map((name) => join(outer, name)).filter((path) => existsSync(path)),
  }
}

/** Where the file of a native module lies in the packages that are shipped, by its name. */
export function placeOfNativeModule(file: string, target: string): string {
  if (basename(file) === 'better_sqlite3.node') return join('node_modules/better-sqlite3/prebuilds', `${target}.node`)
  throw new Error(`It is not known which package ${basename(file)} belongs to`)
}
