import type { SceneReason } from '@contract/entities/story-world'
import type { CharacterEntry, PlaceEntry, World } from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import type { KeyFinder } from './find-key'
import { inPassages } from './lore-keys'
import type { TextInView } from './passages-in-view'

/** Someone or some place that is in the scene, and why. */
export interface Present<Entry> {
  entry: Entry
  reason: SceneReason
}

/** Words that alone do not mean the one who is named, such as titles: `Captain Ahab` is called Ahab. */
const TITLES = new Set(
  'the a an mr mrs ms miss dr sir lady lord captain doctor professor king queen prince princess saint uncle aunt old г госпожа господин граф графиня князь княгиня капитан доктор дядя тётя тетя баба дед'.split(
    ' '
  )
)

/** A name, other names, and of a character the single words of the name that are written with a capital. */
export function namesOf(entry: CharacterEntry | PlaceEntry): string[] {
  const names = [entry.name, ...entry.fields.aliases]
  if (entry.kind === 'place') return names
  const parts = entry.name.split(/[\s«»"“”„()]+/u)
  const calling = parts.filter(
    (part) =>
      /^\p{Lu}/u.test(part) && Array.from(part).length > 2 && !TITLES.has(part.toLowerCase().replace(/\.$/u, ''))
  )
  return parts.length > 1 ? [...names, ...calling] : names
}

/**
 * The entries that the last passages call by a name, in any grammatical form, and those that the writer holds in the
 * scene; these first, then those that were called last.
 */
export function presentEntries<Entry extends CharacterEntry | PlaceEntry>(
  entries: readonly Entry[],
  scene: {
    worlds: ReadonlyMap<WorldId, World>
    pinned: ReadonlySet<WorldEntryId>
    /** The newest first. */
    passages: readonly TextInView[]
    finder: KeyFinder
  }
): Present<Entry>[] {
  const present = entries.flatMap((entry): (Present<Entry> & { ago: number })[] => {
    if (scene.pinned.has(entry.id)) return [{ entry, reason: { type: 'pinned' }, ago: -1 }]
    const passages = scene.passages.slice(0, scene.worlds.get(entry.worldId)?.scanDepth ?? 0)
    // A place is often called by a common word; a character's name may be one, and only its capital tells: Роза, Will.
    const capitals = entry.kind === 'character' ? 'names' : 'any'
    const rules = { wholeWords: true, wordForms: true, capitals } as const
    const reason = inPassages(scene.finder, passages, namesOf(entry), rules)
    return reason ? [{ entry, reason, ago: reason.passagesAfter }] : []
  })
  return present.toSorted((a, b) => a.ago - b.ago).map(({ entry, reason }) => ({ entry, reason }))
}
