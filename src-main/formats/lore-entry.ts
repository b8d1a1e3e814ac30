import { z } from 'zod'
import type { LoreFields, LorePosition, SecondaryLogic, VoiceInPrompt } from '@contract/entities/world'
import type { JsonObject, JsonValue } from '@contract/values'
import { looseNumber, looseSwitch, looseText, looseWords, wholeWithin } from './loose'

/** Lore as Fabula keeps it. */
export interface Lore {
  name: string
  enabled: boolean
  fields: LoreFields
}

/** The numbers of SillyTavern (`world-info.js`): positions 0 to 6, and which of the secondary keys must be there. */
const positions: readonly LorePosition[] = [
  'beforeCharacters',
  'afterCharacters',
  'beforeNote',
  'afterNote',
  'atDepth',
  'beforeExamples',
  'afterExamples',
]
const logics: readonly SecondaryLogic[] = ['andAny', 'notAll', 'notAny', 'andAll']
const voices: readonly VoiceInPrompt[] = ['system', 'user', 'assistant']

const positionNames: ReadonlyMap<string, LorePosition> = new Map([
  ['before_char', 'beforeCharacters'],
  ['after_char', 'afterCharacters'],
])

/** Rules of an entry that only Fabula has, as they stand in files of others. */
const Own = z.object({ wordForms: looseSwitch, budget: looseNumber, priority: looseNumber })

/** The rules of an entry. In a world info file they have these names; in a card's book the names of `bookNames`. */
const Rules = z.object({
  probability: looseNumber,
  useProbability: looseSwitch,
  depth: looseNumber,
  role: looseNumber,
  group: looseWords,
  groupOverride: looseSwitch,
  groupWeight: looseNumber,
  scanDepth: looseNumber,
  matchWholeWords: looseSwitch,
  caseSensitive: looseSwitch,
  sticky: looseNumber,
  cooldown: looseNumber,
  delay: looseNumber,
  excludeRecursion: looseSwitch,
  preventRecursion: looseSwitch,
  delayUntilRecursion: looseNumber,
  ignoreBudget: looseSwitch,
})
type Rules = z.output<typeof Rules>

export const WorldInfoEntry = Rules.extend({
  key: looseWords,
  keysecondary: looseWords,
  comment: looseText,
  content: looseText,
  constant: looseSwitch,
  selective: looseSwitch,
  selectiveLogic: looseNumber,
  order: looseNumber,
  position: looseNumber,
  disable: looseSwitch,
  fabula: Own.optional(),
})

export const BookEntry = z.object({
  keys: looseWords,
  secondary_keys: looseWords,
  name: looseText,
  comment: looseText,
  content: looseText,
  enabled: looseSwitch,
  constant: looseSwitch,
  selective: looseSwitch,
  use_regex: looseSwitch,
  case_sensitive: looseSwitch,
  insertion_order: looseNumber,
  priority: looseNumber,
  position: z.union([z.string(), z.number(), z.null()], { error: 'must be text' }).default(null),
  extensions: z
    .object({
      position: looseNumber,
      selectiveLogic: looseNumber,
      probability: looseNumber,
      useProbability: looseSwitch,
      depth: looseNumber,
      role: looseNumber,
      group: looseWords,
      group_override: looseSwitch,
      group_weight: looseNumber,
      scan_depth: looseNumber,
      match_whole_words: looseSwitch,
      case_sensitive: looseSwitch,
      sticky: looseNumber,
      cooldown: looseNumber,
      delay: looseNumber,
      exclude_recursion: looseSwitch,
      prevent_recursion: looseSwitch,
      delay_until_recursion: looseNumber,
      ignore_budget: looseSwitch,
      fabula: Own.optional(),
    })
    .optional(),
})

const MOST = 1_000_000
const count = (number: number | null, otherwise = 0) => wholeWithin(number, 0, MOST, otherwise)

/** The name of an entry that has none: its first key, or what it begins with. */
const namesOf = (name: string, keys: readonly string[], content: string) => [name, ...keys, content.slice(0, 60)]

interface Common {
  keys: readonly string[]
  secondaryKeys: readonly string[]
  selective: boolean | null
  logic: number | null
  content: string
  constant: boolean | null
  order: number | null
  position: LorePosition
  own: z.output<typeof Own> | undefined
  priority: number | null
}

function fieldsFrom(common: Common, rules: Rules): LoreFields {
  return {
    content: common.content,
    keys: [...common.keys],
    // Where the secondary keys are switched off, they are only kept.
    secondaryKeys: common.selective === false ? [] : [...common.secondaryKeys],
    secondaryLogic: logics[common.logic ?? 0] ?? 'andAny',
    constant: common.constant ?? false,
    wholeWords: rules.matchWholeWords,
    wordForms: common.own?.wordForms ?? null,
    caseSensitive: rules.caseSensitive,
    scanDepth: rules.scanDepth === null ? null : count(rules.scanDepth),
    probability: rules.useProbability === false ? 100 : Math.min(100, Math.max(0, rules.probability ?? 100)),
    priority: wholeWithin(common.priority ?? common.own?.priority ?? null, -MOST, MOST, 0),
    order: wholeWithin(common.order, -MOST, MOST, 100),
    position: common.position,
    depth: count(rules.depth, 4),
    depthVoice: voices[rules.role ?? 0] ?? 'system',
    budget: common.own?.budget === null || common.own === undefined ? null : count(common.own.budget),
    ignoresBudget: rules.ignoreBudget ?? false,
    sticky: count(rules.sticky),
    cooldown: count(rules.cooldown),
    delay: count(rules.delay),
    notWokenByLore: rules.excludeRecursion ?? false,
    wakesNoLore: rules.preventRecursion ?? false,
    recursionLevel: wholeWithin(rules.delayUntilRecursion, 0, 20, 0),
    groups: rules.group,
    groupWeight: wholeWithin(rules.groupWeight, 0, 10_000, 100),
    groupFirst: rules.groupOverride ?? false,
  }
}

/** Reads an entry of a SillyTavern world info file. */
export function fromWorldInfo(entry: z.output<typeof WorldInfoEntry>): { names: string[]; lore: Omit<Lore, 'name'> } {
  const { key, keysecondary, selective, selectiveLogic, content, constant, order, fabula } = entry
  return {
    names: namesOf(entry.comment, key, content),
    lore: {
      enabled: entry.disable !== true,
      fields: fieldsFrom(
        {
          keys: key,
          secondaryKeys: keysecondary,
          selective,
          logic: selectiveLogic,
          content,
          constant,
          order,
          position: positions[entry.position ?? 0] ?? 'beforeCharacters',
          own: fabula,
          priority: null,
        },
        entry
      ),
    },
  }
}

/** An entry as SillyTavern has it in a world info file. */
export function toWorldInfo({ name, enabled, fields }: Lore): JsonObject {
  const own = ownOf(fields, fields.priority)
  return {
    key: fields.keys,
    keysecondary: fields.secondaryKeys,
    comment: name,
    content: fields.content,
    constant: fields.constant,
    selective: true,
    selectiveLogic: logics.indexOf(fields.secondaryLogic),
    order: fields.order,
    position: positions.indexOf(fields.position),
    disable: !enabled,
    excludeRecursion: fields.notWokenByLore,
    preventRecursion: fields.wakesNoLore,
    delayUntilRecursion: fields.recursionLevel,
    ignoreBudget: fields.ignoresBudget,
    probability: fields.probability,
    useProbability: true,
    depth: fields.depth,
    role: voices.indexOf(fields.depthVoice),
    group: fields.groups.join(', '),
    groupOverride: fields.groupFirst,
    groupWeight: fields.groupWeight,
    scanDepth: fields.scanDepth,
    caseSensitive: fields.caseSensitive,
    matchWholeWords: fields.wholeWords,
    sticky: fields.sticky,
    cooldown: fields.cooldown,
    delay: fields.delay,
    ...(own ? { fabula: own } : {}),
  }
}

/** Reads an entry of the book in a card. */
export function fromBook(entry: z.output<typeof BookEntry>): { names: string[]; lore: Omit<Lore, 'name'> } {
  const { extensions: rules, content } = entry
  const caseSensitive = entry.case_sensitive ?? rules?.case_sensitive ?? null
  const keys = entry.use_regex === true ? entry.keys.map((key) => asPattern(key, caseSensitive)) : entry.keys
  return {
    names: namesOf(entry.comment === '' ? entry.name : entry.comment, entry.keys, content),
    lore: {
      enabled: entry.enabled !== false,
      fields: fieldsFrom(
        {
          keys,
          secondaryKeys: entry.secondary_keys,
          selective: entry.selective,
          logic: rules?.selectiveLogic ?? null,
          content,
          constant: entry.constant,
          order: entry.insertion_order,
          position: bookPosition(rules?.position ?? null, entry.position),
          own: rules?.fabula,
          priority: entry.priority,
        },
        {
          probability: rules?.probability ?? null,
          useProbability: rules?.useProbability ?? null,
          depth: rules?.depth ?? null,
          role: rules?.role ?? null,
          group: rules?.group ?? [],
          groupOverride: rules?.group_override ?? null,
          groupWeight: rules?.group_weight ?? null,
          scanDepth: rules?.scan_depth ?? null,
          matchWholeWords: rules?.match_whole_words ?? null,
          caseSensitive,
          sticky: rules?.sticky ?? null,
          cooldown: rules?.cooldown ?? null,
          delay: rules?.delay ?? null,
          excludeRecursion: rules?.exclude_recursion ?? null,
          preventRecursion: rules?.prevent_recursion ?? null,
          delayUntilRecursion: rules?.delay_until_recursion ?? null,
          ignoreBudget: rules?.ignore_budget ?? null,
        }
      ),
    },
  }
}

/** An entry as a card's book has it. What version 2 does not know stands in `extensions`, as SillyTavern writes it. */
export function toBook({ name, enabled, fields }: Lore): JsonObject {
  const own = ownOf(fields, 0)
  return {
    keys: fields.keys,
    secondary_keys: fields.secondaryKeys,
    name,
    comment: name,
    content: fields.content,
    enabled,
    constant: fields.constant,
    selective: fields.secondaryKeys.length > 0,
    insertion_order: fields.order,
    priority: fields.priority,
    position: fields.position === 'beforeCharacters' ? 'before_char' : 'after_char',
    ...(fields.caseSensitive === null ? {} : { case_sensitive: fields.caseSensitive }),
    extensions: {
      position: positions.indexOf(fields.position),
      selectiveLogic: logics.indexOf(fields.secondaryLogic),
      exclude_recursion: fields.notWokenByLore,
      prevent_recursion: fields.wakesNoLore,
      delay_until_recursion: fields.recursionLevel,
      ignore_budget: fields.ignoresBudget,
      probability: fields.probability,
      useProbability: true,
      depth: fields.depth,
      role: voices.indexOf(fields.depthVoice),
      group: fields.groups.join(', '),
      group_override: fields.groupFirst,
      group_weight: fields.groupWeight,
      scan_depth: fields.scanDepth,
      case_sensitive: fields.caseSensitive,
      match_whole_words: fields.wholeWords,
      sticky: fields.sticky,
      cooldown: fields.cooldown,
      delay: fields.delay,
      ...(own ? { fabula: own } : {}),
    },
  }
}

function ownOf({ wordForms, budget }: LoreFields, priority: number): JsonObject | null {
  const own: JsonObject = {
    ...(wordForms === null ? {} : { wordForms }),
    ...(budget === null ? {} : { budget }),
    ...(priority === 0 ? {} : { priority }),
  }
  return Object.keys(own).length > 0 ? own : null
}

/** The number in the extensions says it more exactly than the name. */
function bookPosition(number: number | null, name: JsonValue): LorePosition {
  const exact = number === null ? undefined : positions[number]
  return exact ?? (typeof name === 'string' ? positionNames.get(name) : undefined) ?? 'beforeCharacters'
}

/** A key that is a regular expression, in the form that keys have here. */
function asPattern(key: string, caseSensitive: boolean | null): string {
  if (/^\/.+\/[a-z]*$/s.test(key)) return key
  return `/${key.replaceAll(/(?<!\\)\//g, '\\/')}/${caseSensitive === true ? '' : 'i'}`
}
