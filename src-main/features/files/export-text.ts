import { CommonError, FabulaError } from '@contract/errors'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Language } from '@contract/values'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { writeProse, type ProseForm, type ProsePart } from '@main/formats/prose'
import { sliced } from '@main/platform/sliced'
import { fileNameFor } from './file-names'

/** Places that are read at once. */
const PAGE = 50

const endings: Record<ProseForm, string> = { markdown: '.md', html: '.html', text: '.txt' }

/** What a chapter without a name is called. */
const chapterName: Record<Language, (number: number) => string> = {
  en: (number) => `Chapter ${number}`,
  ru: (number) => `Глава ${number}`,
}

/**
 * Writes a story, as it is shown, as a text to read: its title, its chapters and its passages. It takes as long as the
 * story is, and stops nothing else meanwhile. Throws `not_found`.
 */
export async function exportText(
  stores: Stores,
  { storyId, form }: ParsedInput<'files.exportText'>,
  signal: AbortSignal
): Promise<RouteOutput<'files.exportText'>> {
  const story = stores.stories.get(storyId)
  if (!story || story.deleted)
    throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
  const { title, language } = story
  const pieces: string[] = []
  const collect = function* () {
    for (const piece of writeProse(form, { title, language, parts: partsOf(stores, story) })) {
      pieces.push(piece)
      yield
    }
  }
  await sliced(collect(), signal)
  return { fileName: fileNameFor(title, 'story', endings[form]), text: pieces.join('') }
}

function* partsOf(stores: Stores, { id, headId, language }: StoryRow): Generator<ProsePart> {
  const last = headId === null ? null : stores.messages.lastShown(headId)
  if (!last) return
  const ends = stores.chapters.onPath(id, last.id).toSorted((a, b) => a.last - b.last)
  let chapter = 0
  const heading = (): ProsePart => {
    const { name = '' } = ends[chapter] ?? {}
    chapter += 1
    return { kind: 'chapter', name: name === '' ? chapterName[language](chapter) : name }
  }
  if (ends.length > 0) yield heading()
  for (let first = 0; first <= last.position; first += PAGE)
    for (const { row, position } of stores.messages.page(last.id, first, Math.min(first + PAGE - 1, last.position))) {
      // The end of a chapter may be a passage that was deleted.
      if (chapter > 0 && position > (ends[chapter - 1]?.last ?? Infinity)) yield heading()
      yield { kind: row.author === 'writer' ? 'line' : 'passage', text: row.text }
    }
}
