import { createRequire } from 'node:module'

interface Language {
  lang: number
  codepage: number
}

interface VersionInfo {
  lang: number
  setStringValues(language: Language, values: Record<string, string>): void
  getStringValues(language: Language): Record<string, string>
  outputToResourceEntries(entries: ResourceEntry[]): void
}

interface ResourceEntry {
  type: number | string
}

interface Program {
  generate(): ArrayBuffer
}

/**
 * electron-builder's own reader and writer of programs of Windows, by what is used of it: its types would bring those of a
 * browser into the whole project.
 */
const { NtExecutable, NtExecutableResource, Resource } = createRequire(import.meta.url)('resedit') as {
  NtExecutable: { createEmpty(is32Bit: boolean, isLibrary: boolean): Program; from(file: Buffer): Program }
  NtExecutableResource: { from(program: Program): { entries: ResourceEntry[]; outputResource(program: Program): void } }
  Resource: {
    VersionInfo: { createEmpty(): VersionInfo; fromEntries(entries: ResourceEntry[]): VersionInfo[] }
    IconGroupEntry: { fromEntries(entries: ResourceEntry[]): { icons: unknown[] }[] }
  }
}

const ENGLISH: Language = { lang: 1033, codepage: 1200 }

/** A program that does nothing, with texts that Windows shows of it. */
export function makeProgram(texts: Record<string, string>): Buffer {
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const version = Resource.VersionInfo.createEmpty()
  version.lang = ENGLISH.lang
  version.setStringValues(ENGLISH, texts)
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  return Buffer.from(program.generate())
}

/** What Windows shows of a program, and whether the digest of its archive is in it. */
export function readProgram(file: Buffer) {
  const { entries } = NtExecutableResource.from(NtExecutable.from(file))
  return {
    texts: Resource.VersionInfo.fromEntries(entries)[0]?.getStringValues(ENGLISH),
    icons: Resource.IconGroupEntry.fromEntries(entries)[0]?.icons.length,
    hasIntegrity: entries.some(({ type }) => type === 'INTEGRITY'),
  }
}
