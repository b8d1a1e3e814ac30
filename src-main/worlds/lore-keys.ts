import type { AsleepReason, SceneReason } from '@contract/entities/story-world'
import type { LoreEntry, World } from '@contract/entities/world'
import type { WorldId } from '@contract/ids'
import type { KeyFinder, KeyRules } from './find-key'
import { quoteAt, type TextInView } from './passages-in-view'

/** What speaks of an entry, and what keeps it asleep nevertheless. */
export interface LoreSight {
  reason: SceneReason
  asleep: AsleepReason | null
}

interface View {
  worlds: ReadonlyMap<WorldId, World>
  passages: readonly TextInView[]
  finder: KeyFinder
}

/** What of an entry is found in the passages, and from the first step of recursion on in lore that woke; null for nothing. */
export function lookForLore(
  { worlds, passages, finder }: View,
  entry: LoreEntry,
  step: number,
  told: readonly { name: string; view: TextInView }[]
): LoreSight | null {
  const world = worlds.get(entry.worldId)
  if (!world) return null
  const { fields } = entry
  const rules = rulesOf(entry, world)
  const inView = passages.slice(0, fields.scanDepth ?? world.scanDepth)
  const reason = inPassages(finder, inView, fields.keys, rules) ?? inLore(finder, told, fields.keys, rules, step)
  if (!reason) return null
  const everywhere = [...inView, ...told.map(({ view }) => view)]
  const found = (key: string) => everywhere.some((view) => finder.find(view, key, rules) !== null)
  return { reason, asleep: secondaryFits(fields, found) ? null : 'secondary' }
}

function rulesOf({ fields }: LoreEntry, world: World): KeyRules {
  const wholeWords = fields.wholeWords ?? world.wholeWords
  return {
    wholeWords,
    // Parts of words have no forms.
    wordForms: wholeWords && (fields.wordForms ?? world.wordForms),
    capitals: (fields.caseSensitive ?? world.caseSensitive) ? 'key' : 'any',
  }
}

/** The newest passage with a key. */
export function inPassages(
  finder: KeyFinder,
  passages: readonly TextInView[],
  keys: readonly string[],
  rules: KeyRules
): Extract<SceneReason, { type: 'named' }> | null {
  for (const [passagesAfter, view] of passages.entries())
    for (const key of keys) {
      const found = finder.find(view, key, rules)
      if (found) return { type: 'named', key, passagesAfter, quote: quoteAt(view.text, found.start, found.end) }
    }
  return null
}

function inLore(
  finder: KeyFinder,
  told: readonly { name: string; view: TextInView }[],
  keys: readonly string[],
  rules: KeyRules,
  step: number
): SceneReason | null {
  for (const { name, view } of told)
    for (const key of keys) if (finder.find(view, key, rules)) return { type: 'lore', key, by: name, step }
  return null
}

function secondaryFits(
  { secondaryKeys, secondaryLogic }: LoreEntry['fields'],
  found: (key: string) => boolean
): boolean {
  const keys = secondaryKeys.filter((key) => key.trim() !== '')
  if (keys.length === 0) return true
  switch (secondaryLogic) {
    case 'andAny':
      return keys.some(found)
    case 'andAll':
      return keys.every(found)
    case 'notAny':
      return !keys.some(found)
    case 'notAll':
      return !keys.every(found)
  }
}
