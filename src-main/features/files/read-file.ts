import { z } from 'zod'
import { nameKey } from '@contract/names'
import { FabulaError, FileError } from '@contract/errors'
import type { JsonObject } from '@contract/values'
import { CONFIGURATION_VERSION, ConfigurationFile, upgrades } from './configuration-file'
import { faultAt, faultOf } from '@main/formats/file-fault'
import { isCard } from '@main/formats/card'
import { isLorebook } from '@main/formats/lorebook'
import { readJson, refuseTooLarge } from '@main/formats/read-json'
import type { FileContent } from './template-file'
import { recogniseForeign, type ForeignPreset, type ForeignTemplates } from './recognise-foreign'

export type ReadSettings =
  | { format: 'fabula'; file: ConfigurationFile }
  /** A plain text that is a template. */
  | { format: 'jinja'; text: string }
  | ForeignPreset
  | ForeignTemplates
export type ReadFile =
  | ReadSettings
  | { format: 'character'; json: JsonObject }
  | { format: 'lorebook'; json: JsonObject }
  | { format: 'story'; json: JsonObject }

/** Bytes of a file of anything but settings: cards, lorebooks and stories have more. */
const LARGEST_FOREIGN = 150_000_000

/**
 * Tells what a file is and checks its form. Throws `file_too_large`, `file_not_json`, `file_not_fabula`, `file_newer`, or
 * `file_invalid` with the path of the field that is wrong.
 */
export function readFile(text: string): ReadFile {
  const json = readJson(text, LARGEST_FOREIGN)
  if (json['fabula'] === 'story') return { format: 'story', json }
  if (Object.hasOwn(json, 'fabula')) {
    refuseTooLarge([text])
    return { format: 'fabula', file: readConfiguration(json) }
  }
  if (isCard(json)) return { format: 'character', json }
  if (isLorebook(json)) return { format: 'lorebook', json }
  const foreign = recogniseForeign(json)
  if (foreign) return foreign
  throw new FabulaError(FileError.NotFabula, 'The file is neither of Fabula nor of a program that it knows')
}

const Head = z.looseObject({ fabula: z.literal('configuration'), version: z.number().int().positive() })

function readConfiguration(json: JsonObject): ConfigurationFile {
  const head = Head.safeParse(json)
  if (!head.success) {
    const wrong = head.error.issues[0]?.path[0]
    if (wrong === 'version') throw faultOf(head.error)
    throw new FabulaError(FileError.NotFabula, 'The file holds no configuration')
  }
  const { version } = head.data
  if (version > CONFIGURATION_VERSION)
    throw new FabulaError(FileError.Newer, `The file has version ${version}`, { details: { version: String(version) } })
  const current = upgrades.slice(version - 1).reduce((older, upgrade) => upgrade(older), json)
  const file = ConfigurationFile.safeParse(current)
  if (!file.success) throw faultOf(file.error)
  refuseDoubles(file.data)
  return file.data
}

/** Items are named in the file by their names, so no two may share one. */
function refuseDoubles({ providers, modelConfigs, presets, templates }: ConfigurationFile): void {
  const lists = [
    ['providers', 'slug', providers.map(({ slug }) => slug)],
    ['modelConfigs', 'name', modelConfigs.map(({ name }) => name)],
    ['presets', 'name', presets.map(({ name }) => name)],
    ['templates', 'name', templates.map(({ name }) => name)],
  ] as const
  for (const [list, field, names] of lists) {
    const seen = new Set<string>()
    for (const [index, name] of names.entries()) {
      if (seen.has(nameKey(name))) throw faultAt([list, index, field], `“${name}” is in the file twice`)
      seen.add(nameKey(name))
    }
  }
  for (const [index, { versions }] of templates.entries())
    for (const [place, { content }] of versions.entries()) refuseDoubleVariables(content, index, place)
}

/** A value goes to a variable by its name. */
function refuseDoubleVariables({ variables }: FileContent, template: number, version: number): void {
  const seen = new Set<string>()
  for (const [index, { name }] of variables.entries()) {
    const path = ['templates', template, 'versions', version, 'content', 'variables', index, 'name']
    if (seen.has(name)) throw faultAt(path, `Two variables are called ${name}`)
    seen.add(name)
  }
}
