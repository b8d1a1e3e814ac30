import type { EntrySummary, WorldEntry } from '@contract/entities/world'
import { cutText } from '@contract/names'

const MOST_WORDS = 12
const EXCERPT = 160

/** The main text of an entry. */
const textOfEntry = (entry: WorldEntry): string =>
  entry.kind === 'lore' ? entry.fields.content : entry.fields.description

/** The beginning of what an entry says, on one line. */
export const excerptOf = (entry: WorldEntry): string =>
  cutText(
    textOfEntry(entry)
      .slice(0, EXCERPT * 2)
      .replaceAll(/\s+/gu, ' ')
      .trim(),
    EXCERPT
  )

/** Other names of an entry, or the keys of lore. */
function wordsOfEntry(entry: WorldEntry): readonly string[] {
  switch (entry.kind) {
    case 'lore':
      return entry.fields.keys
    case 'persona':
      return entry.fields.tags
    case 'character':
    case 'place':
      return entry.fields.aliases
  }
}

export const pictureOf = (entry: WorldEntry) => (entry.kind === 'lore' ? null : entry.fields.picture)

/** An entry as a list shows it. */
export const summaryOf = (entry: WorldEntry): EntrySummary => ({
  id: entry.id,
  worldId: entry.worldId,
  kind: entry.kind,
  name: entry.name,
  enabled: entry.enabled,
  words: wordsOfEntry(entry).slice(0, MOST_WORDS),
  excerpt: excerptOf(entry),
  ...(entry.unreadable ? { unreadable: entry.unreadable } : {}),
  constant: entry.kind === 'lore' && entry.fields.constant,
  picture: pictureOf(entry),
})
