import { readFile } from 'node:fs/promises'

/** A package that is part of the app, and the terms under which it is. */
export interface Licence {
  name: string
  version: string
  /** An SPDX expression. */
  licence: string
  text: string
}

/** What the build wrote beside its parts; this module is built into the first of them. */
const FILES = ['./licences.json', '../renderer/licences.json'].map((path) => new URL(path, import.meta.url))

/** Everything that the app is made of, by name. From the sources, which have not been built, there is nothing to tell. */
export async function shippedLicences(): Promise<Licence[]> {
  const found = new Map<string, Licence>()
  for (const file of FILES) {
    const text = await readFile(file, 'utf8').catch(() => '[]')
    for (const licence of JSON.parse(text) as Licence[]) found.set(`${licence.name} ${licence.version}`, licence)
  }
  const { electron } = process.versions
  if (electron !== undefined)
    found.set('Electron', {
      name: 'Electron',
      version: electron,
      licence: 'MIT',
      text: 'LICENSE.electron.txt and LICENSES.chromium.html, beside the program, have the terms of Electron, Chromium and all that they bring.',
    })
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}
