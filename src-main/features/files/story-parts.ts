import { CommonError, FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { Language } from '@contract/values'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import type { ProsePart } from '@main/formats/prose'

/** What of a story is to be read: the branch that ends with a passage, else the one that is shown; a chapter of it, or all. */
export interface Wanted {
  storyId: StoryId
  branch?: MessageId | undefined
  /** From 0. */
  chapter?: number | undefined
}

/** A chapter of a branch: its first and last place. */
interface Chapter {
  name: string
  first: number
  last: number
}

/** Places that are read at once. */
const PAGE = 50

/** What a chapter without a name is called. */
export const namelessChapter: Record<Language, (number: number) => string> = {
  en: (number) => `Chapter ${number}`,
  ru: (number) => `Глава ${number}`,
}

/** Throws `not_found` for a story that is not there. */
export function storyToRead(stores: Stores, id: StoryId): StoryRow {
  const story = stores.stories.get(id)
  if (!story || story.deleted) throw missing('storyId', `There is no story ${id}`)
  return story
}

/** The last passage of what is wanted; null where nothing is written. Throws `not_found` for a passage of another story. */
export function endOf(stores: Stores, story: StoryRow, branch: MessageId | undefined) {
  if (branch !== undefined && stores.messages.get(branch)?.storyId !== story.id)
    throw missing('branch', `There is no passage ${branch} in the story ${story.id}`)
  const head = branch ?? story.headId
  return head === null ? null : stores.messages.lastShown(head)
}

/** The chapters of the branch that ends with a passage, in their order; none where no chapter ends. */
export function chaptersOf(
  stores: Stores,
  { id, language }: StoryRow,
  last: { id: MessageId; position: number } | null
): Chapter[] {
  if (last === null) return []
  const ends = stores.chapters.onPath(id, last.id).toSorted((a, b) => a.last - b.last)
  const end = ends.at(-1)
  if (end === undefined) return []
  const all = end.last < last.position ? [...ends, { name: '', last: last.position }] : ends
  return all.map(({ name, last: to }, index) => ({
    name: name === '' ? namelessChapter[language](index + 1) : name,
    first: (all[index - 1]?.last ?? -1) + 1,
    last: to,
  }))
}

/** What is wanted of a story, as a reader gets it. Throws `not_found`. */
export function readStory(
  stores: Stores,
  { storyId, branch, chapter: number }: Wanted
): { story: StoryRow; chapter: string | null; parts: Generator<ProsePart> } {
  const story = storyToRead(stores, storyId)
  const last = endOf(stores, story, branch)
  const chapters = chaptersOf(stores, story, last)
  if (number === undefined) return { story, chapter: null, parts: partsOf(stores, last, chapters) }
  const chapter = chapters[number]
  if (!chapter) throw missing('chapter', `The story ${storyId} has no chapter ${number}`)
  return { story, chapter: chapter.name, parts: partsOf(stores, last, [chapter]) }
}

function* partsOf(
  stores: Stores,
  last: { id: MessageId; position: number } | null,
  chapters: readonly Chapter[]
): Generator<ProsePart> {
  if (!last) return
  if (chapters.length === 0) yield* wordsOf(stores, last.id, 0, last.position)
  for (const { name, first, last: to } of chapters) {
    yield { kind: 'chapter', name }
    yield* wordsOf(stores, last.id, first, to)
  }
}

function* wordsOf(stores: Stores, head: MessageId, first: number, last: number): Generator<ProsePart> {
  for (let from = first; from <= last; from += PAGE)
    for (const { row } of stores.messages.page(head, from, Math.min(from + PAGE - 1, last)))
      yield { kind: row.author === 'writer' ? 'line' : 'passage', text: row.text }
}

const missing = (path: string, message: string): FabulaError =>
  new FabulaError(CommonError.NotFound, message, { details: { path } })
