import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { CharacterFields } from '@contract/entities/world'
import type { JsonObject, JsonValue } from '@contract/values'
import { faultOf } from './file-fault'
import { objectAt, unknownOf, without, writtenOver } from './known-fields'
import { looseText, looseTexts, looseWords } from './loose'
import { shownName } from './shown-name'

/** A character as Fabula keeps it, without its picture. */
export interface CardCharacter {
  name: string
  fields: Omit<CharacterFields, 'picture'>
}

/** What a file says that would change the writing and that Fabula has no place for: a field, and its value. */
export interface CardLoss {
  field: string
  value: JsonValue
}

export interface ReadCard extends CardCharacter {
  /** The lorebook that the card carries, as it stands in it. */
  book: JsonObject | null
  /** What Fabula does not know of the card, to be written back. */
  extra: JsonObject
  losses: CardLoss[]
}

/** The fields of a card, by their names in version 2. Version 1 has the first six, without `data` around them. */
const Data = z.object({
  name: looseText,
  description: looseText,
  personality: looseText,
  scenario: looseText,
  first_mes: looseText,
  mes_example: looseText,
  alternate_greetings: looseTexts,
  tags: looseWords,
  nickname: looseText,
  extensions: z.object({ fabula: z.object({ voice: looseText, aliases: looseWords }).optional() }).optional(),
})
type Data = z.output<typeof Data>

const V1_FIELDS = ['name', 'description', 'personality', 'scenario', 'first_mes', 'mes_example'] as const

/** Names that early editors gave to the fields of version 1. */
const EARLY_NAMES = {
  char_name: 'name',
  char_persona: 'description',
  char_greeting: 'first_mes',
  world_scenario: 'scenario',
  example_dialogue: 'mes_example',
} as const

/** The first greeting and the others are one list here: once it is changed, neither field is what it was. */
const TOGETHER = [['first_mes', 'alternate_greetings']]

/** What version 2 asks for and Fabula has no field for. */
const V2_DEFAULTS: JsonObject = {
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  creator: '',
  character_version: '',
  extensions: {},
}

/** Fields that only version 3 has. */
const V3_FIELDS = ['nickname', 'assets', 'creator_notes_multilingual', 'source', 'group_only_greetings'] as const

/** Whether an object is a character card of any version. */
export function isCard(json: JsonObject): boolean {
  if (typeof json['spec'] === 'string' && /^chara_card_v\d/.test(json['spec'])) return true
  const has = (name: string) => typeof json[name] === 'string'
  if (has('char_name') && (has('char_persona') || has('char_greeting'))) return true
  return has('name') && (has('first_mes') || (has('description') && (has('personality') || has('mes_example'))))
}

/**
 * Reads a card of version 1, 2 or 3. `older` is the same card as version 2, where a picture holds both. Throws
 * `file_invalid` with the field that is wrong.
 */
export function readCard(json: JsonObject, older?: JsonObject): ReadCard {
  const wrapped = isWrapped(json)
  const source = wrapped ? objectAt(json, 'data') : withCommonNames(json)
  const data = parsed(source, wrapped ? ['data'] : [])
  const character = characterOf(data)
  const carried = objectAt(source, 'character_book')
  const book = Object.keys(carried).length > 0 ? carried : null
  const rest = without(unknownOf(source, writtenData(character), TOGETHER), ...(book ? ['character_book'] : []))
  return {
    ...character,
    book,
    extra: {
      card: wrapped ? { ...json, data: rest } : without(json, 'character_book'),
      ...(older ? olderDifferences(older, json) : {}),
    },
    losses: lossesOf(source),
  }
}

/**
 * Writes a character as a card of version 2 or 3, over what was kept of the file that it came from. `book` is the lorebook
 * to put in.
 */
export function writeCard(
  { name, fields }: CardCharacter,
  extra: JsonObject,
  version: 2 | 3,
  book: JsonObject | null
): JsonObject {
  const kept = objectAt(extra, 'card')
  const wrapped = isWrapped(kept)
  const then = wrapped ? characterOf(parsed(objectAt(kept, 'data'), ['data'])) : null
  const now: CardCharacter = { name, fields }
  const rest = withoutOwn(wrapped ? objectAt(kept, 'data') : {})
  const before = then ? writtenData(then) : {}
  const written = writtenOver({ ...V2_DEFAULTS, ...rest }, before, writtenData(now), TOGETHER)
  const nickname = nicknameOf(rest, fields.aliases)
  const data: JsonObject = {
    ...without(written, 'nickname'),
    ...(nickname === null ? {} : { nickname }),
    ...(version === 3 && written['group_only_greetings'] === undefined ? { group_only_greetings: [] } : {}),
    ...(book ? { character_book: book } : {}),
  }
  const whole: JsonObject = {
    ...outside(without(kept, 'data'), now),
    spec: `chara_card_v${version}`,
    spec_version: specVersion(kept, version),
    data,
  }
  return version === 2 ? withOlder(whole, extra) : whole
}

const isWrapped = (json: JsonObject): boolean => Object.keys(objectAt(json, 'data')).length > 0

function parsed(source: JsonObject, at: readonly string[]): Data {
  const data = Data.safeParse(source)
  if (!data.success) throw faultOf(data.error, at)
  return data.data
}

function withCommonNames(json: JsonObject): JsonObject {
  const named: JsonObject = { ...json }
  for (const [early, name] of Object.entries(EARLY_NAMES)) {
    const value = json[early]
    if (value !== undefined && named[name] === undefined) named[name] = value
  }
  return named
}

function characterOf(data: Data): CardCharacter {
  const own = data.extensions?.fabula
  const greetings = [data.first_mes, ...data.alternate_greetings].filter((text) => text.trim() !== '')
  const aliases = [data.nickname.trim(), ...(own?.aliases ?? [])].filter((alias) => alias !== '')
  return {
    name: shownName([data.name, data.nickname], 'Character'),
    fields: {
      ...CharacterFields.parse({}),
      aliases: [...new Set(aliases)],
      description: data.description,
      personality: data.personality,
      voice: own?.voice ?? '',
      examples: data.mes_example,
      scenario: data.scenario,
      greetings,
      tags: data.tags,
    },
  }
}

/** What Fabula itself writes of a character. `nickname` is another program's business: it is written from what was kept. */
function writtenData({ name, fields }: CardCharacter): JsonObject {
  const [first = '', ...others] = fields.greetings
  const own: JsonObject = {
    ...(fields.voice === '' ? {} : { voice: fields.voice }),
    ...(fields.aliases.length === 0 ? {} : { aliases: fields.aliases }),
  }
  return {
    name,
    description: fields.description,
    personality: fields.personality,
    scenario: fields.scenario,
    first_mes: first,
    mes_example: fields.examples,
    alternate_greetings: others,
    tags: fields.tags,
    ...(Object.keys(own).length === 0 ? {} : { extensions: { fabula: own } }),
  }
}

/** What is kept of a file without Fabula's own fields, which are always written anew. */
function withoutOwn(kept: JsonObject): JsonObject {
  const extensions = objectAt(kept, 'extensions')
  if (extensions['fabula'] === undefined) return kept
  const fabula = without(objectAt(extensions, 'fabula'), 'voice', 'aliases')
  const others = without(extensions, 'fabula')
  return { ...kept, extensions: Object.keys(fabula).length === 0 ? others : { ...others, fabula } }
}

/** What other programs call the character by, as long as it is still one of its names. */
function nicknameOf(rest: JsonObject, aliases: readonly string[]): JsonValue | null {
  const { nickname } = rest
  if (nickname === undefined) return null
  const text = looseText.safeParse(nickname)
  return !text.success || text.data.trim() === '' || aliases.includes(text.data.trim()) ? nickname : null
}

/** The fields of version 1 that a card has beside `data`, as they are now. */
function outside(kept: JsonObject, now: CardCharacter): JsonObject {
  const named = withCommonNames(kept)
  const written = writtenData(now)
  const then = Data.safeParse(named)
  const before = then.success ? writtenData(characterOf(then.data)) : {}
  const result: JsonObject = { ...kept }
  for (const name of V1_FIELDS) {
    const early = Object.entries(EARLY_NAMES).find(([, common]) => common === name)?.[0]
    for (const key of [name, early])
      if (key !== undefined && kept[key] !== undefined && !isDeepStrictEqual(before[name], written[name]))
        result[key] = written[name] ?? ''
  }
  return result
}

/** A version that the file had already, as `3.1`, stays. */
function specVersion(kept: JsonObject, version: 2 | 3): JsonValue {
  const had = kept['spec_version']
  return kept['spec'] === `chara_card_v${version}` && had !== undefined ? had : `${version}.0`
}

/** What the card of version 2 in a picture says otherwise than that of version 3 beside it. */
function olderDifferences(older: JsonObject, newer: JsonObject): JsonObject {
  const differs = (one: JsonObject, other: JsonObject) =>
    Object.fromEntries(Object.entries(one).filter(([key, value]) => !isDeepStrictEqual(value, other[key])))
  const data = without(differs(objectAt(older, 'data'), objectAt(newer, 'data')), ...Object.keys(writtenFields))
  const top = without(differs(older, newer), 'data', 'spec', 'spec_version')
  const both = { ...top, ...(Object.keys(data).length > 0 ? { data } : {}) }
  return Object.keys(both).length > 0 ? { older: both } : {}
}

const writtenFields = {
  ...Object.fromEntries(V1_FIELDS.map((name) => [name, true])),
  alternate_greetings: true,
  tags: true,
  character_book: true,
}

function withOlder(whole: JsonObject, extra: JsonObject): JsonObject {
  const older = objectAt(extra, 'older')
  // A reader of version 2 does not know what only version 3 has; it is harmless to leave in what it already had there.
  const data = { ...without(objectAt(whole, 'data'), ...V3_FIELDS), ...objectAt(older, 'data') }
  const wasThree = objectAt(extra, 'card')['spec'] === 'chara_card_v3'
  return { ...whole, ...without(older, 'data'), data: wasThree ? data : objectAt(whole, 'data') }
}

/** What changes the writing in other programs and is only kept here. */
function lossesOf(source: JsonObject): CardLoss[] {
  const extensions = objectAt(source, 'extensions')
  const candidates: CardLoss[] = [
    { field: 'system_prompt', value: source['system_prompt'] ?? '' },
    { field: 'post_history_instructions', value: source['post_history_instructions'] ?? '' },
    { field: 'group_only_greetings', value: source['group_only_greetings'] ?? '' },
    { field: 'extensions.depth_prompt', value: objectAt(extensions, 'depth_prompt')['prompt'] ?? '' },
    { field: 'extensions.regex_scripts', value: extensions['regex_scripts'] ?? '' },
  ]
  return candidates.filter(({ value }) => !isEmpty(value))
}

const isEmpty = (value: JsonValue): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
