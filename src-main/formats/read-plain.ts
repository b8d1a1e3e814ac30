import { splitBlocks } from '@contract/prose'
import { isChapterLine } from './chapter-line'
import { isWrapped, linesOf, refuseMany, type TextBlock } from './text-block'

/** Characters of a line that can be a name. */
const LONGEST_NAME = 100

/**
 * Reads a text without marks. Where its lines are wrapped, empty lines and indents part the paragraphs; otherwise each line is
 * one. It yields between lines.
 */
export function* readPlain(text: string): Generator<undefined, TextBlock[]> {
  const blocks: TextBlock[] = []
  const joins = isWrapped(text)
  let lines: string[] = []
  let isQuote = false
  let empty = 0
  let above = 0
  const flush = () => {
    const words = lines.join(' ').trim()
    const isApart = lines.length === 1 && above >= 2 && words.length <= LONGEST_NAME
    lines = []
    if (words === '') return
    blocks.push({ kind: 'paragraph', text: words, isQuote, ...(isApart ? { isApart } : {}) })
  }
  for (const line of linesOf(text)) {
    yield
    refuseMany(blocks)
    const quoted = line.startsWith('>')
    const words = (quoted ? line.slice(1) : line).trim()
    if (words === '') {
      flush()
      empty += 1
      continue
    }
    const begins = empty > 0 || !joins || quoted !== isQuote || /^(?: {2,}|\t)/.test(line)
    if (begins) flush()
    if (lines.length === 0) above = blocks.length === 0 ? 0 : empty
    empty = 0
    isQuote = quoted
    if (words.length <= LONGEST_NAME && splitBlocks(words)[0]?.kind === 'break') {
      flush()
      blocks.push({ kind: 'break' })
    } else {
      lines.push(words)
      if (isChapterLine(words)) {
        if (lines.length > 1) {
          lines.pop()
          flush()
          lines.push(words)
        }
        flush()
      }
    }
  }
  flush()
  return blocks
}
