import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import { writeArchive } from '@main/formats/archive'
import { writeDocx } from '@main/formats/write-docx'
import { writeEpub } from '@main/formats/write-epub'
import { writeProse, type ProseForm, type ProseStory } from '@main/formats/prose'
import { sliced } from '@main/platform/sliced'
import { fileNameFor } from './file-names'
import { readStory, type Wanted } from './story-parts'

type Book = ParsedInput<'files.exportBook'>

const endings: Record<ProseForm | Book['form'], string> = {
  markdown: '.md',
  html: '.html',
  text: '.txt',
  epub: '.epub',
  docx: '.docx',
}

/**
 * Writes a story as a text to read: its title, its chapters and its passages. It takes as long as the story is, and stops
 * nothing else meanwhile. Throws `not_found`.
 */
export async function exportText(
  stores: Stores,
  { form, ...wanted }: ParsedInput<'files.exportText'>,
  signal: AbortSignal
): Promise<RouteOutput<'files.exportText'>> {
  const { name, prose } = proseOf(stores, wanted)
  const pieces: string[] = []
  const collect = function* () {
    for (const piece of writeProse(form, prose)) {
      pieces.push(piece)
      yield
    }
  }
  await sliced(collect(), signal)
  return { fileName: fileNameFor(name, 'story', endings[form]), text: pieces.join('') }
}

/** The same as a file that is no text. `now`: ISO-8601. */
export async function exportBook(
  stores: Stores,
  { form, ...wanted }: Book,
  now: string,
  signal: AbortSignal
): Promise<RouteOutput<'files.exportBook'>> {
  const { name, prose } = proseOf(stores, wanted)
  // One who reads both the story and a chapter has two books.
  const identifier = ['fabula', wanted.storyId, wanted.branch ?? 'shown', wanted.chapter ?? 'whole'].join(':')
  const write = { epub: writeEpub, docx: writeDocx }[form]
  const files = await sliced(write({ ...prose, identifier, modifiedAt: now }), signal)
  const bytes = await writeArchive(files)
  return { fileName: fileNameFor(name, 'story', endings[form]), data: bytes.toString('base64') }
}

/** What is wanted of a story, and what its file is called after. */
function proseOf(stores: Stores, wanted: Wanted): { name: string; prose: ProseStory } {
  const { story, chapter, parts } = readStory(stores, wanted)
  const { title, language } = story
  return { name: chapter === null ? title : `${title} – ${chapter}`, prose: { title, language, parts } }
}
