/** A piece of a paragraph in one style. */
export interface Run {
  text: string
  bold: boolean
  italic: boolean
}

export type Block = { kind: 'paragraph'; text: string } | { kind: 'break' }

const sceneBreak = /^(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:—\s*){3,}|(?:#\s*){1,3}|⁂)$/

/** A passage as paragraphs and scene breaks: every line end begins a new paragraph. */
export function splitBlocks(text: string): Block[] {
  return text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (sceneBreak.test(line) ? { kind: 'break' } : { kind: 'paragraph', text: line }))
}

interface Mark {
  stars: string
  opens: boolean
  closes: boolean
  role: 'text' | 'open' | 'close'
}

function toMark(stars: string, before: string, after: string): Mark {
  return { stars, opens: /^\S/.test(after), closes: /\S$/.test(before), role: 'text' }
}

/**
 * Styles `*italic*`, `**bold**` and `***both***`; anything else stays as written. Takes time linear in the text.
 * With `growing`, a mark that is still open at the end counts as open, so that text that streams in does not change
 * its look when the closing mark comes.
 */
export function splitRuns(paragraph: string, growing = false): Run[] {
  const pieces = paragraph.split(/(?<!\*)(\*{1,3})(?!\*)/)
  const marks = new Map<number, Mark>()
  const open = new Map<string, Mark>()
  for (let index = 1; index < pieces.length; index += 2) {
    const stars = pieces[index] ?? ''
    const mark = toMark(stars, pieces[index - 1] ?? '', pieces[index + 1] ?? '')
    marks.set(index, mark)
    const opener = open.get(stars)
    if (opener && mark.closes) {
      opener.role = 'open'
      mark.role = 'close'
      open.delete(stars)
    } else if (mark.opens && !opener) open.set(stars, mark)
  }
  if (growing) for (const mark of open.values()) mark.role = 'open'

  const runs: Run[] = []
  let bold = 0
  let italic = 0
  for (const [index, piece] of pieces.entries()) {
    const mark = marks.get(index)
    if (mark && mark.role !== 'text') {
      const change = mark.role === 'open' ? 1 : -1
      if (mark.stars.length !== 1) bold += change
      if (mark.stars.length !== 2) italic += change
    } else if (piece !== '') runs.push({ text: piece, bold: bold > 0, italic: italic > 0 })
  }
  return runs
}

/** Whether a passage can begin with a drop cap: with a letter, after an opening quotation mark at most. */
export const takesDropCap = (text: string): boolean => /^[“"«„‘'*]*\p{L}/u.test(text.trimStart())
