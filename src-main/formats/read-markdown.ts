import { splitBlocks } from '@contract/prose'
import { wordsOfMarkdown } from './markdown-words'
import { isWrapped, linesOf, refuseMany, type TextBlock } from './text-block'

/** Characters of a line that can be more than words. */
const LONGEST_MARK = 1000
/** Lines at the beginning of a file that say something about it. */
const LONGEST_HEAD = 200

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.+)$/
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/
const QUOTE = /^ {0,3}> ?(.*)$/
const ITEM = /^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+\S/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/**
 * Reads what stories are made of in Markdown: headings, paragraphs, quotations, emphasis and scene breaks. All else is words.
 * Where lines are not wrapped, each is a paragraph, as programs for writers show it. It yields between lines.
 */
export function* readMarkdown(text: string): Generator<undefined, TextBlock[]> {
  const blocks: TextBlock[] = []
  const joins = isWrapped(text)
  let lines: string[] = []
  let isQuote = false
  let fence: string | null = null
  const flush = () => {
    const words = wordsOfMarkdown(lines.join(' '))
    lines = []
    for (const line of words.split('\n'))
      if (line.trim() !== '') blocks.push({ kind: 'paragraph', text: line.trim(), isQuote })
  }
  const take = (line: string) => {
    const short = line.length <= LONGEST_MARK ? line : ''
    const heading = HEADING.exec(short)
    if (heading) {
      flush()
      const [, marks = '', words = ''] = heading
      const name = wordsOfMarkdown(words.replace(/[ \t]#+[ \t]*$/, '')).trim()
      if (name !== '') blocks.push({ kind: 'heading', level: marks.length, text: name })
      return
    }
    const under = isQuote ? null : UNDERLINE.exec(short)
    const [above] = lines
    if (under && above !== undefined && lines.length === 1 && isHeadingAbove(above, under[1] ?? '')) {
      lines = []
      const level = under[1]?.startsWith('=') ? 1 : 2
      blocks.push({ kind: 'heading', level, text: wordsOfMarkdown(above).trim() })
      return
    }
    if (line.trim() === '') flush()
    else if (isBreak(short)) {
      flush()
      blocks.push({ kind: 'break' })
    } else {
      if (!joins || ITEM.test(short)) flush()
      const isEnd = /(?: {2}|\\)$/.test(line)
      lines.push(line.trim().replace(/\\$/, ''))
      if (isEnd) flush()
    }
  }
  const { title, length } = headOf(text)
  if (title !== '') blocks.push({ kind: 'heading', level: 0, text: title })
  let number = 0
  for (const line of linesOf(text)) {
    yield
    refuseMany(blocks)
    number += 1
    if (number <= length) continue
    const mark = FENCE.exec(line.slice(0, LONGEST_MARK))?.[1]
    if (fence === null && mark !== undefined) {
      flush()
      fence = mark
    } else if (fence !== null) {
      if (mark?.startsWith(fence) === true) fence = null
      else if (line.trim() !== '') blocks.push({ kind: 'paragraph', text: line.trim(), isQuote: false })
    } else {
      const quoted = QUOTE.exec(line)
      if ((quoted !== null) !== isQuote) {
        flush()
        isQuote = quoted !== null
      }
      take(quoted?.[1] ?? line)
    }
  }
  flush()
  return blocks
}

/** A line of dashes under a sentence is a scene break. */
const isHeadingAbove = (above: string, marks: string): boolean =>
  marks.startsWith('=') || (above.length <= 100 && !/[.,;:!?…»”"]$/.test(above.trim()))

const isBreak = (line: string): boolean => {
  const words = line.trim()
  if (words === '' || words.length > 100) return false
  return /^(?:_\s*){3,}$/.test(words) || splitBlocks(words)[0]?.kind === 'break'
}

/** What programs write about a file at its beginning, between lines of dashes: the title of the text, and the lines of it all. */
function headOf(text: string): { title: string; length: number } {
  let length = 0
  let title = ''
  for (const line of linesOf(text)) {
    length += 1
    if (length === 1 && line.trimEnd() !== '---') break
    if (length > LONGEST_HEAD || (length > 1 && line.trim() === '')) break
    if (length > 1 && /^(?:---|\.\.\.)\s*$/.test(line)) return { title, length }
    const named = /^title:\s*(.{1,300})$/.exec(line)?.[1]
    if (named !== undefined) title = named.trim().replace(/^(["'])(.*)\1$/, '$2')
  }
  return { title: '', length: 0 }
}
