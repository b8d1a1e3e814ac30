import type { AsleepReason, SceneReason } from '@contract/entities/story-world'
import type { LoreEntry, World } from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import { estimateTokens } from '@main/platform/token-estimate'
import { cutToTokens } from './cut-to-tokens'
import type { KeyFinder } from './find-key'
import { pickOfGroups } from './lore-groups'
import { lookForLore, type LoreSight } from './lore-keys'
import type { TextInView } from './passages-in-view'

/** Lore that is told, with the text as it is sent. */
export interface AwakeLore {
  entry: LoreEntry
  reason: SceneReason
  text: string
  tokens: number
  /** Whether the passages woke it in this turn; false for lore that only stays awake from an earlier one. */
  isFresh: boolean
}

/** Lore of which the passages speak, and what keeps it from being told. */
export interface AsleepLore {
  entry: LoreEntry
  reason: SceneReason
  asleep: AsleepReason
}

export interface LoreActivation {
  /** In the order of their positions, and there by `order`, the highest last. */
  awake: AwakeLore[]
  asleep: AsleepLore[]
}

export interface LoreScene {
  /** Switched on, in the order of their worlds. */
  entries: readonly LoreEntry[]
  worlds: ReadonlyMap<WorldId, World>
  pinned: ReadonlySet<WorldEntryId>
  /** The last passages, the newest first. */
  passages: readonly TextInView[]
  /** How many passages the story has. */
  length: number
  /** How many passages ago each entry woke last; see `woken-lore.ts`. */
  wokeAgo: ReadonlyMap<WorldEntryId, number>
  finder: KeyFinder
  /** A random number from 0 to below 1, always the same for the same name, so that a dry run and the turn agree. */
  chance(name: string): number
}

/** The state of the search. Step 0 looks through the passages, later ones also through the lore that woke before. */
interface Search {
  step: number
  /** Texts of lore that woke so far and may wake more. */
  told: readonly { name: string; view: TextInView }[]
}

interface Candidate {
  entry: LoreEntry
  reason: SceneReason
}

/**
 * Which lore is told: by the rules of SillyTavern's world info, and without any state but the passages themselves.
 * Lore that wakes may wake other lore, at most `recursionSteps` times, and nothing wakes twice, so it always ends.
 */
export function activateLore(scene: LoreScene): LoreActivation {
  const awake = new Map<WorldEntryId, AwakeLore>()
  const asleep = new Map<WorldEntryId, AsleepLore>()
  const spent = new Map<WorldId, number>()
  const told: { name: string; view: TextInView }[] = []
  const waiting = scene.entries.filter((entry) => scene.worlds.has(entry.worldId))

  const putToSleep = ({ entry, reason }: Candidate, why: AsleepReason) =>
    void asleep.set(entry.id, { entry, reason, asleep: why })

  /** One step of the search; the entries that woke. */
  const search = (where: Search): AwakeLore[] => {
    const candidates = waiting.flatMap((entry): Candidate[] => {
      if (awake.has(entry.id) || asleep.has(entry.id) || !isLookedFor(scene, entry, where.step)) return []
      const sight = sightOf(scene, entry, where)
      if (!sight) return []
      if (sight.asleep === null) return [{ entry, reason: sight.reason }]
      // Another passage or lore may still bring the secondary key.
      if (sight.asleep !== 'secondary') putToSleep({ entry, reason: sight.reason }, sight.asleep)
      return []
    })
    const groups = pickOfGroups(candidates, [...awake.values()], scene)
    for (const lost of groups.lost) putToSleep(lost, 'group')
    return groups.picked
      .toSorted((a, b) => byImportance(a.entry, b.entry))
      .flatMap((candidate): AwakeLore[] => {
        if (!isLucky(scene, candidate)) {
          putToSleep(candidate, 'probability')
          return []
        }
        const lore = toldLore(candidate)
        const { worldId, fields } = candidate.entry
        const budget = scene.worlds.get(worldId)?.loreBudget ?? 0
        const sum = (spent.get(worldId) ?? 0) + lore.tokens
        if (budget > 0 && sum > budget && !fields.ignoresBudget) {
          putToSleep(candidate, 'budget')
          return []
        }
        if (!fields.ignoresBudget) spent.set(worldId, sum)
        awake.set(candidate.entry.id, lore)
        return [lore]
      })
  }

  const steps = Math.max(0, ...[...scene.worlds.values()].map(({ recursionSteps }) => recursionSteps))
  const deepest = Math.max(0, ...waiting.map(({ fields }) => fields.recursionLevel))
  let woken = search({ step: 0, told })
  for (let step = 1; step <= steps && (woken.length > 0 || step <= deepest); step += 1) {
    for (const { entry } of woken)
      if (!entry.fields.wakesNoLore) told.push({ name: entry.name, view: scene.finder.view(entry.fields.content) })
    woken = search({ step, told })
  }
  return {
    awake: inOrder([...awake.values()]),
    asleep: [
      ...asleep.values(),
      ...withoutSecondary(
        scene,
        waiting.filter(({ id }) => !awake.has(id) && !asleep.has(id))
      ),
    ],
  }
}

/** Whether a step of the search is one of those that an entry takes part in. */
function isLookedFor({ worlds, pinned }: LoreScene, { id, worldId, fields }: LoreEntry, step: number): boolean {
  if (step === 0) return fields.recursionLevel === 0 || pinned.has(id)
  const { recursionSteps = 0 } = worlds.get(worldId) ?? {}
  return step <= recursionSteps && step >= fields.recursionLevel && !fields.notWokenByLore
}

/** Why an entry would wake; null where nothing speaks of it. */
function sightOf(scene: LoreScene, entry: LoreEntry, { step, told }: Search): LoreSight | null {
  const { id, fields } = entry
  if (scene.pinned.has(id)) return { reason: { type: 'pinned' }, asleep: null }
  const ago = scene.wokeAgo.get(id)
  const left = ago === undefined ? 0 : fields.sticky - ago
  if (left > 0) return { reason: { type: 'sticky', left }, asleep: null }
  const sight: LoreSight | null = fields.constant
    ? { reason: { type: 'constant' }, asleep: null }
    : lookForLore(scene, entry, step, told)
  if (!sight || sight.asleep !== null) return sight
  if (scene.length < fields.delay) return { ...sight, asleep: 'delay' }
  if (ago !== undefined && ago < fields.sticky + fields.cooldown) return { ...sight, asleep: 'cooldown' }
  return sight
}

function isLucky({ chance }: LoreScene, { entry, reason }: Candidate): boolean {
  const { probability } = entry.fields
  if (probability >= 100 || reason.type === 'sticky' || reason.type === 'pinned') return true
  return chance(entry.id) * 100 < probability
}

function toldLore({ entry, reason }: Candidate): AwakeLore {
  const { content, budget } = entry.fields
  const text = budget === null ? content : cutToTokens(content, budget)
  return { entry, reason, text, tokens: estimateTokens(text), isFresh: reason.type !== 'sticky' }
}

/** Entries of which the passages speak, though without what their secondary keys ask for. */
function withoutSecondary(scene: LoreScene, entries: readonly LoreEntry[]): AsleepLore[] {
  return entries.flatMap((entry): AsleepLore[] => {
    if (entry.fields.constant || entry.fields.secondaryKeys.length === 0) return []
    const sight = lookForLore(scene, entry, 0, [])
    return sight?.asleep === 'secondary' ? [{ entry, reason: sight.reason, asleep: 'secondary' }] : []
  })
}

/** Sorts entries by who is given room in the prompt first. */
const byImportance = (a: LoreEntry, b: LoreEntry) =>
  b.fields.priority - a.fields.priority || b.fields.order - a.fields.order

const POSITIONS = {
  beforeCharacters: 0,
  afterCharacters: 1,
  beforeExamples: 2,
  afterExamples: 3,
  beforeNote: 4,
  afterNote: 5,
  atDepth: 6,
} as const

/** By position, then by `order`; entries that say the same of both stay as their worlds have them. */
const inOrder = (lore: readonly AwakeLore[]): AwakeLore[] =>
  lore.toSorted(
    ({ entry: { fields: a } }, { entry: { fields: b } }) =>
      POSITIONS[a.position] - POSITIONS[b.position] || b.depth * at(b) - a.depth * at(a) || a.order - b.order
  )

const at = ({ position }: LoreEntry['fields']) => (position === 'atDepth' ? 1 : 0)
