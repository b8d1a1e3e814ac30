import { ChapterName, PASSAGE_LIMIT, type MessageAuthor } from '@contract/entities/story'
import { isVisible, LONGEST_NAME, tidyName } from '@contract/names'
import type { ImportPlan } from '@contract/routes/files'
import type { Language } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { sliced } from '@main/platform/sliced'
import { findChapters, type FoundChapter } from '@main/formats/find-chapters'
import type { TextBlock } from '@main/formats/text-block'
import type { ParsedChoices } from './import-settings'
import { nameFromFile } from './file-names'
import { namelessChapter } from './story-parts'
import { languageOf } from './text-language'
import type { DraftPassage, HiddenStory, StoryDraft } from './write-drafts'
import { nothingWritten, type WrittenImport } from './write-import'
import { newStoryItem } from './story-item'

/** A text of words alone, as it was understood. */
export interface TextFile {
  title: string
  language: Language
  chapters: FoundChapter[]
}

/** A story that a text becomes. */
export interface TextDraft extends StoryDraft {
  of: 'text'
}

/** Where passages of a text end. */
export type PassageEnds = NonNullable<ParsedChoices['passages']>

/** Characters of a passage that is a scene: a longer one is parted between paragraphs. */
const LONGEST_SCENE = 12_000
const SCENE_BREAK = '* * *'
/** Names of chapters in a plan. */
const MOST_NAMES = 300

/** What stands before the first chapter that has a name. */
const beginning: Record<Language, string> = { en: 'Beginning', ru: 'Начало' }

export function textFile(blocks: readonly TextBlock[], fileName: string): TextFile {
  const { title, chapters } = findChapters(blocks)
  const language = languageOf(blocks.flatMap((block) => (block.kind === 'break' ? [] : [block.text])))
  const own = title === null ? '' : tidyName(title).slice(0, LONGEST_NAME).trim()
  const otherwise = { en: 'Story', ru: 'История' }[language]
  return { title: isVisible(own) && !/\p{Cs}/u.test(own) ? own : nameFromFile(fileName, otherwise), language, chapters }
}

/** A text as a plan shows it, with the chapters that were found. */
export async function textItem(
  file: TextFile,
  ends: PassageEnds,
  signal: AbortSignal
): Promise<ImportPlan['items'][number]> {
  const passages = await sliced(passagesOf(file, ends), signal)
  const names = chapterNames(file)
  const holds = { ...(names.length > 0 ? { chapters: names.length } : {}), passages: passages.length }
  return { ...newStoryItem(file.title, holds), chapters: names.slice(0, MOST_NAMES) }
}

export async function textDraft(file: TextFile, ends: PassageEnds, signal: AbortSignal): Promise<TextDraft> {
  const passages = await sliced(passagesOf(file, ends), signal)
  return {
    of: 'text',
    title: file.title,
    language: file.language,
    createdAt: null,
    extra: {},
    length: passages.length,
    head: passages.length === 0 ? null : passages.length - 1,
    passage: (place) => {
      const one = passages[place]
      return one && { ...plain, parent: place === 0 ? null : place - 1, ...one }
    },
  }
}

/** Lets stories be seen. Runs inside the caller's transaction. */
export function showTexts(stores: Stores, stories: readonly HiddenStory<TextDraft>[], now: string): WrittenImport {
  for (const { id, headId } of stories) {
    stores.stories.setHead(id, headId, now)
    stores.stories.setDeleted(id, null)
  }
  return {
    ...nothingWritten,
    stories: stories.map(({ id, headId, draft: { title } }) => ({ id, title, headId, updatedAt: now })),
  }
}

const plain = { state: 'complete', writtenBy: null, edited: false, createdAt: null, extra: {} } as const

/** As the chapters are called here; none where the text has no chapters. */
function chapterNames({ chapters, language }: TextFile): string[] {
  if (chapters.every(({ name }) => name === '')) return []
  return chapters.map(({ name }) => (name === '' ? beginning[language] : shortened(name)))
}

const shortened = (name: string): string =>
  ChapterName.safeParse(tidyName(name)).data ??
  `${tidyName(name)
    .slice(0, LONGEST_NAME - 1)
    .trim()}…`

type TextPassage = Pick<DraftPassage, 'author' | 'text' | 'chapterEnd'>

/** It yields between chapters. */
function* passagesOf(file: TextFile, ends: PassageEnds): Generator<undefined, TextPassage[]> {
  const names = chapterNames(file)
  const { chapters, language } = file
  const all: TextPassage[] = []
  for (const [index, { name, words }] of chapters.entries()) {
    const known = names[index]
    // A name that does not fit stands in the text as well.
    const whole = known === undefined || known === tidyName(name) || name === '' ? [] : [paragraph(`**${name}**`)]
    const passages = partsOf([...whole, ...words], ends)
    const isLast = index === chapters.length - 1
    const isNumbered = known === namelessChapter[language](index + 1)
    // The last chapter is open until it has a name.
    const end = known === undefined || (isNumbered && isLast) ? null : isNumbered ? '' : known
    for (const [place, one] of passages.entries())
      all.push({ ...one, chapterEnd: place === passages.length - 1 ? end : null })
    yield
  }
  return all
}

const paragraph = (text: string) => ({ kind: 'paragraph', text, isQuote: false }) as const

/** The passages of a chapter. What it says as a quotation is a line of the writer. */
function partsOf(words: FoundChapter['words'], ends: PassageEnds): { author: MessageAuthor; text: string }[] {
  const longest = ends === 'scene' ? LONGEST_SCENE : PASSAGE_LIMIT
  const parts: { author: MessageAuthor; lines: string[]; length: number; isOver: boolean }[] = []
  for (const block of words) {
    const last = parts.at(-1)
    if (block.kind === 'break') {
      // A break at the beginning of a chapter parts nothing.
      if (!last) continue
      last.lines.push(SCENE_BREAK)
      last.isOver = ends !== 'chapter'
      continue
    }
    const author = block.isQuote ? 'writer' : 'story'
    for (const text of withinLimit(block.text)) {
      const open = parts.at(-1)
      const goesOn =
        open && open.author === author && !open.isOver && ends !== 'paragraph' && open.length + text.length < longest
      if (goesOn) {
        open.lines.push(text)
        open.length += text.length + 2
      } else parts.push({ author, lines: [text], length: text.length + 20, isOver: false })
    }
  }
  return parts.map(({ author, lines }) => ({ author, text: lines.join('\n\n') }))
}

/** A paragraph in pieces that a passage can hold, parted between words where there are any. */
function withinLimit(text: string): string[] {
  const limit = PASSAGE_LIMIT - 100
  const pieces: string[] = []
  let rest = text
  while (rest.length > limit) {
    const space = rest.lastIndexOf(' ', limit)
    const end = space > limit / 2 ? space : limit - (/[\ud800-\udbff]/.test(rest[limit - 1] ?? '') ? 1 : 0)
    pieces.push(rest.slice(0, end).trim())
    rest = rest.slice(end).trim()
  }
  return [...pieces, rest]
}
