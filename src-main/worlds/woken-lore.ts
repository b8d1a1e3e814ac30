import type { WorldEntry } from '@contract/entities/world'
import type { MessageId, WorldEntryId } from '@contract/ids'
import type { WorldStores } from './story-worlds'

/**
 * How many passages ago lore woke last, along the path of a story: what woke is noted with the passage that was written
 * then, so another branch, or a passage that was deleted, takes its lore along. Reads no further back than lore that stays
 * awake, or asleep, asks for.
 */
export function wokeAgo(
  stores: WorldStores,
  entries: readonly WorldEntry[],
  passages: { sizes(): Iterable<{ id: MessageId }> }
): Map<WorldEntryId, number> {
  const furthest = Math.max(
    0,
    ...entries.map((entry) => (entry.kind === 'lore' ? entry.fields.sticky + entry.fields.cooldown : 0))
  )
  const ago = new Map<MessageId, number>()
  if (furthest > 0)
    for (const { id } of passages.sizes()) {
      ago.set(id, ago.size + 1)
      if (ago.size >= furthest) break
    }
  const woke = new Map<WorldEntryId, number>()
  for (const { messageId, entryId } of stores.storyWorlds.wokenAt([...ago.keys()])) {
    const count = ago.get(messageId) ?? Infinity
    woke.set(entryId, Math.min(woke.get(entryId) ?? Infinity, count))
  }
  return woke
}
