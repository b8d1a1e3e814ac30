import { setImmediate as letOthers } from 'node:timers/promises'
import type { SearchedStory, SearchPlace, StorySearch } from '@contract/entities/search'
import type { MessageId, StoryId } from '@contract/ids'
import { markedText, snippetOf } from '@main/words/found-words'
import { matchExpression, termsOf, type Term } from '@main/words/full-text'
import type { Db } from './database'
import { PATH } from './message-tree'
import type { SearchIndex } from './search-index'

/** Stories of one answer. */
const MOST_STORIES = 100
/** Places of each that come with it. */
const FIRST_PLACES = 3

export interface StorySearcher {
  /** Stories in whose title or passages all words stand, titles first, then the newest change. */
  search(text: string, signal: AbortSignal): Promise<Omit<StorySearch, 'waiting'>>
  /** The places of one story in reading order, from the one numbered `first` on. */
  places(input: { text: string; storyId: StoryId; first: number; limit: number }): SearchPlace[]
}

interface StoryRow {
  id: StoryId
  title: string
  head_id: MessageId | null
  archived: 0 | 1
}

/** The passages that a story shows, each with its number in it, from 1. */
type Shown = ReadonlyMap<MessageId, number>

/** Searches the stories by an index of their words. `db` is only read. */
export function createStorySearcher(db: Db, index: Pick<SearchIndex, 'find'>): StorySearcher {
  const stories = db.prepare<[], StoryRow>(
    'SELECT id, title, head_id, archived FROM stories WHERE deleted_at IS NULL ORDER BY updated_at DESC, seq DESC'
  )
  const story = db.prepare<[StoryId], StoryRow>(
    'SELECT id, title, head_id, archived FROM stories WHERE id = ? AND deleted_at IS NULL'
  )
  const path = db
    .prepare<[{ from: MessageId; least: number }], MessageId>(
      `WITH RECURSIVE ${PATH} SELECT id FROM path WHERE NOT deleted`
    )
    .pluck()
  const textOf = db.prepare<[MessageId], { text: string }>('SELECT text FROM messages WHERE id = ?')

  /** Kept as long as nothing is written, which is as long as somebody types what they look for. */
  const known = new Map<StoryId, Shown>()
  let knownAt = ''
  const written = db.prepare<[], number>('SELECT total_changes()').pluck()
  const shownIn = ({ id, head_id: head }: StoryRow): Shown => {
    // What others have written, and what this connection has.
    const now = `${String(db.pragma('data_version', { simple: true }))} ${written.get()}`
    if (now !== knownAt) known.clear()
    knownAt = now
    const before = known.get(id)
    if (before) return before
    const ids = head === null ? [] : path.all({ from: head, least: 0 })
    const shown: Shown = new Map(ids.map((one, fromEnd) => [one, ids.length - fromEnd]))
    known.set(id, shown)
    return shown
  }

  const find = (terms: readonly Term[]) => {
    const expression = matchExpression(terms)
    return expression === null ? [] : index.find(expression)
  }
  const numbered = (shown: Shown, ids: readonly MessageId[]) =>
    ids
      .flatMap((id) => {
        const number = shown.get(id)
        return number === undefined ? [] : { messageId: id, number }
      })
      .toSorted((a, b) => a.number - b.number)
  const placeOf = (terms: readonly Term[], one: { messageId: MessageId; number: number }): SearchPlace => ({
    ...one,
    snippet: snippetOf(textOf.get(one.messageId)?.text ?? '', terms),
  })

  return {
    search: async (text, signal) => {
      const terms = termsOf(text, true)
      const found = new Map<StoryId, MessageId[]>()
      for (const { id, storyId } of find(terms)) {
        const ids = found.get(storyId)
        if (ids) ids.push(id)
        else found.set(storyId, [id])
      }
      const named: SearchedStory[] = []
      const others: SearchedStory[] = []
      let places = 0
      for (const row of stories.all()) {
        const title = markedText(row.title, terms)
        const ids = found.get(row.id)
        if (title === null && !ids) continue
        // The path of a long story takes a few milliseconds.
        await letOthers()
        signal.throwIfAborted()
        const shown = shownIn(row)
        const here = numbered(shown, ids ?? [])
        if (title === null && here.length === 0) continue
        places += here.length
        const group = title === null ? others : named
        const isShown = group.length < MOST_STORIES
        group.push({
          storyId: row.id,
          title: title ?? row.title,
          archived: row.archived === 1,
          passages: shown.size,
          places: here.length,
          first: isShown ? here.slice(0, FIRST_PLACES).map((one) => placeOf(terms, one)) : [],
        })
      }
      const all = [...named, ...others]
      return { stories: all.slice(0, MOST_STORIES), found: all.length, places }
    },

    places: ({ text, storyId, first, limit }) => {
      const row = story.get(storyId)
      if (!row) return []
      const terms = termsOf(text, true)
      const ids = find(terms).flatMap((one) => (one.storyId === storyId ? one.id : []))
      return numbered(shownIn(row), ids)
        .slice(first, first + limit)
        .map((one) => placeOf(terms, one))
    },
  }
}
