import { isChapterLine, lineNumber } from './chapter-line'
import type { TextBlock } from './text-block'

type Heading = Extract<TextBlock, { kind: 'heading' }>
type Paragraph = Extract<TextBlock, { kind: 'paragraph' }>
type Words = Exclude<TextBlock, Heading>

/** A chapter of a text that came in; its name is empty where the text has none for it. */
export interface FoundChapter {
  name: string
  words: Words[]
}

/** A text with its chapters; one chapter without a name where none was found. */
export interface FoundText {
  /** Null where the text does not say. */
  title: string | null
  chapters: FoundChapter[]
}

/** Characters of a title or a name of a chapter. */
const LONGEST = 100

/**
 * Finds the title and the chapters: by headings; without any, by lines as “Chapter 7”; by lines that are numbers one after
 * another; or by short lines that stand apart.
 */
export function findChapters(given: readonly TextBlock[]): FoundText {
  const titled = withoutTitle(given)
  const blocks = titled.blocks.some(({ kind }) => kind === 'heading') ? titled.blocks : guessed(titled.blocks)
  const levels = blocks.flatMap((block) => (block.kind === 'heading' ? [block.level] : []))
  const level = chapterLevel(levels)
  const chapters: FoundChapter[] = []
  let names: string[] = []
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level <= level) {
      // A part and its first chapter, or a number and a name, are one.
      names.push(block.text)
      continue
    }
    if (names.length > 0 || chapters.length === 0) chapters.push({ name: joined(names), words: [] })
    names = []
    chapters.at(-1)?.words.push(block.kind === 'heading' ? boldOf(block) : block)
  }
  // What stands under nothing is no name of anything.
  const last = chapters.at(-1)
  if (names.length > 0 && last) last.words.push(...names.map((text) => boldOf({ kind: 'heading', level: 1, text })))
  return {
    title: titled.title,
    chapters: chapters.filter(({ words }) => words.some(({ kind }) => kind === 'paragraph')),
  }
}

const joined = (names: readonly string[]): string =>
  names.map((name, place) => (place < names.length - 1 ? name.replace(/[.:\s]+$/, '') : name)).join('. ')

const boldOf = ({ text }: Heading): Paragraph => ({
  kind: 'paragraph',
  text: /\*/.test(text) ? text : `**${text}**`,
  isQuote: false,
})

/** The title is a heading above all others, or the first line where it is short and no sentence. */
function withoutTitle(blocks: readonly TextBlock[]): { title: string | null; blocks: readonly TextBlock[] } {
  const [first, ...rest] = blocks
  if (!first || first.kind === 'break') return { title: null, blocks }
  const others = rest.flatMap((block) => (block.kind === 'heading' ? [block.level] : []))
  const isTitle =
    first.kind === 'heading'
      ? first.level === 0 || (!isChapterLine(first.text) && others.every((level) => level > first.level))
      : !first.isQuote &&
        others.length === 0 &&
        rest.length > 0 &&
        first.text.length <= LONGEST &&
        !/[.,;:!?…»”"]$/.test(first.text) &&
        !isChapterLine(first.text) &&
        lineNumber(first.text) === null &&
        !/^[—–-]/.test(first.text)
  return isTitle ? { title: first.text.replaceAll('*', ''), blocks: rest } : { title: null, blocks }
}

/** Headings of this level, and those above it, begin chapters: of the two highest levels, the one with more headings. */
function chapterLevel(levels: readonly number[]): number {
  const [highest = 0, next] = [...new Set(levels)].toSorted((a, b) => a - b)
  const count = (level: number) => levels.filter((one) => one === level).length
  return next !== undefined && count(next) > count(highest) ? next : highest
}

function guessed(blocks: readonly TextBlock[]): readonly TextBlock[] {
  const withHeadings = (isHeading: (block: Paragraph) => boolean) =>
    blocks.map((block): TextBlock =>
      block.kind === 'paragraph' && !block.isQuote && isHeading(block)
        ? { kind: 'heading', level: 1, text: block.text.replaceAll('*', '') }
        : block
    )
  const paragraphs = blocks.flatMap((block) => (block.kind === 'paragraph' && !block.isQuote ? [block] : []))
  const isName = ({ isApart, text }: Paragraph) =>
    isApart === true && !/[.,;:!?…»”"]$/.test(text) && !/^[—–-]/.test(text)
  const numbered = paragraphs.filter(({ text }) => isChapterLine(text))
  // Where those stand apart, others that do are chapters as well, which have only a name.
  if (numbered.length > 0 && numbered.every(({ isApart }) => isApart))
    return withHeadings((block) => isChapterLine(block.text) || isName(block))
  if (numbered.length > 0) return withHeadings(({ text }) => isChapterLine(text))
  const numbers = paragraphs.flatMap(({ text }) => lineNumber(text) ?? [])
  if (numbers.length > 1 && numbers.every((number, place) => number === place + 1))
    return withHeadings(({ text }) => lineNumber(text) !== null)
  return withHeadings(isName)
}
