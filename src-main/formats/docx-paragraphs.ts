import type { SaxesTagPlain } from 'saxes'
import { splitBlocks } from '@contract/prose'
import { isOn, noStyle, type Style } from './docx-styles'
import { refuseMany, type TextBlock } from './text-block'

interface Run {
  text: string
  bold: boolean
  italic: boolean
}

/** What is drawn, what was deleted, what computes a field, and what stands there for older programs. */
const skipped = new Set(['w:drawing', 'w:pict', 'w:object', 'w:del', 'w:moveFrom', 'w:instrText', 'mc:Fallback'])

/** Makes blocks of the tags of `word/document.xml`. */
export interface DocumentReader {
  open(tag: SaxesTagPlain): void
  text(text: string): void
  close(tag: SaxesTagPlain): void
  blocks: TextBlock[]
}

/** @param noteOf the text of the note that a tag refers to; empty for all else */
export function createDocumentReader(
  styleOf: (id: string) => Style,
  noteOf: (tag: SaxesTagPlain) => string
): DocumentReader {
  const blocks: TextBlock[] = []
  let style: Style = noStyle
  let outline: number | null = null
  let runs: Run[] = []
  let run: Run = { text: '', bold: false, italic: false }
  let inRun = false
  let inText = false
  /** How deep it is in something that is skipped. */
  let skipping = 0

  const write = (text: string) => {
    if (inRun) run.text += text
  }
  const endParagraph = () => {
    refuseMany(blocks)
    const level = outline ?? style.level
    const isHeading = level !== null
    const own = isHeading ? runs.map((one) => ({ ...one, bold: false, italic: false })) : runs
    const words = wordsOf(own)
    runs = []
    if (isHeading) {
      const text = words.replaceAll(/\s+/g, ' ').trim()
      if (text !== '') blocks.push({ kind: 'heading', level, text })
      return
    }
    // Within a paragraph a line can be ended by hand.
    for (const block of splitBlocks(words))
      blocks.push(block.kind === 'break' ? block : { ...block, isQuote: style.isQuote })
  }
  return {
    blocks,
    open: (tag) => {
      const { name, attributes } = tag
      if (skipping > 0 || skipped.has(name)) skipping += 1
      else if (name === 'w:p') {
        style = noStyle
        outline = null
        runs = []
      } else if (name === 'w:pStyle') style = styleOf(attributes['w:val'] ?? '')
      else if (name === 'w:outlineLvl')
        outline = Number(attributes['w:val']) < 9 ? Number(attributes['w:val']) + 1 : null
      else if (name === 'w:r') {
        inRun = true
        // Emphasis of a whole paragraph is how it is set, not what it says.
        run = { text: '', bold: false, italic: false }
      } else if (!inRun) return
      else if (name === 'w:rStyle') {
        const { bold, italic } = styleOf(attributes['w:val'] ?? '')
        run.bold ||= bold
        run.italic ||= italic
      } else if (name === 'w:b') run.bold = isOn(tag)
      else if (name === 'w:i') run.italic = isOn(tag)
      else if (name === 'w:t') inText = true
      else if (name === 'w:tab') write(' ')
      else if (name === 'w:footnoteReference' || name === 'w:endnoteReference') {
        const note = noteOf(tag)
        if (note !== '') write(` [${note}]`)
      } else if (name === 'w:noBreakHyphen') write('\u2011')
      else if (name === 'w:cr' || (name === 'w:br' && (attributes['w:type'] ?? 'textWrapping') === 'textWrapping'))
        write('\n')
    },
    text: (text) => {
      if (inText && skipping === 0) write(text)
    },
    close: ({ name }) => {
      if (skipping > 0) skipping -= 1
      else if (name === 'w:t') inText = false
      else if (name === 'w:r') {
        inRun = false
        if (run.text !== '') runs.push(run)
      } else if (name === 'w:p') endParagraph()
    },
  }
}

/** Words with marks for emphasis, which stand next to letters and never go over the end of a line. */
function wordsOf(runs: readonly Run[]): string {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last && last.bold === run.bold && last.italic === run.italic) last.text += run.text
    else joined.push({ ...run })
  }
  return joined
    .map(({ text, bold, italic }) => {
      const stars = '*'.repeat((italic ? 1 : 0) + (bold ? 2 : 0))
      if (stars === '') return text
      return text.replaceAll(/[^\n]+/g, (line) => {
        const words = line.trim()
        if (words === '' || words.includes('*')) return line
        const start = line.indexOf(words)
        return `${line.slice(0, start)}${stars}${words}${stars}${line.slice(start + words.length)}`
      })
    })
    .join('')
}
