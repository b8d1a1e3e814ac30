import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { isPermissive } from './licence-rules.ts'

/** A package whose code, or part of it, is in the app. */
export interface ShippedPackage {
  name: string
  version: string
  /** An SPDX expression. */
  licence: string
  /** The text of the licence, with that of its notices; empty where the package brings none. */
  text: string
}

/** Beside what was built; read by features/licences. */
const FILE = 'licences.json'

const LEGAL = /^(licen[cs]e|copying|notice|ofl)([.-].*)?$/i

/**
 * Writes down which packages are in what is built: those whose modules went into the bundle, and `outside`, which are
 * shipped as they are, with all that they need. The build fails when one of them may not be given away.
 */
export function shippedPackages({ root, outside = [] }: { root: string; outside?: readonly string[] }): Plugin {
  // Threads are bundles of their own, made by the same plugins before the one that starts them.
  const folders = new Set<string>()
  return {
    name: 'fabula:shipped-packages',
    apply: 'build',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const folder = packageFolder(id)
        if (folder !== null) folders.add(folder)
      }
      for (const name of outside) addWithNeeds(name, root, folders)
      const packages = [...folders].map(read).toSorted((a, b) => a.name.localeCompare(b.name))
      const refused = packages.filter(({ licence }) => !isPermissive(licence))
      if (refused.length > 0)
        this.error(
          `These packages may not be shipped under their licences: ${refused.map(({ name, licence }) => `${name} (${licence})`).join(', ')}`
        )
      this.emitFile({ type: 'asset', fileName: FILE, source: JSON.stringify(packages) })
    },
  }
}

/** The folder of the package that a module is of; null for one of our own, or of no file. */
function packageFolder(id: string): string | null {
  const path = id.replaceAll('\\', '/')
  const found = /^[^\0?]*\/node_modules\/(?:@[^/]+\/)?[^/?]+/.exec(path)
  return found ? found[0] : null
}

function addWithNeeds(name: string, from: string, folders: Set<string>): void {
  const folder = resolveFolder(name, from)
  if (folder === null || folders.has(folder)) return
  folders.add(folder)
  for (const need of Object.keys(packageFile(folder).dependencies ?? {})) addWithNeeds(need, folder, folders)
}

/** Found as Node does, by its folder: not every package lets its package.json be asked for. */
function resolveFolder(name: string, from: string): string | null {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  return paths.map((path) => join(path, name)).find((folder) => existsSync(join(folder, 'package.json'))) ?? null
}

interface PackageFile {
  name: string
  version: string
  license?: string | { type: string }
  dependencies?: Record<string, string>
}

const packageFile = (folder: string): PackageFile =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile

function read(folder: string): ShippedPackage {
  const { name, version, license = '' } = packageFile(folder)
  const texts = readdirSync(folder)
    .filter((file) => LEGAL.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return {
    name,
    version,
    licence: typeof license === 'string' ? license : license.type,
    text: texts.join('\n\n'),
  }
}
