import type { SaxesTagPlain } from 'saxes'

/** Collects the notes of `word/footnotes.xml` and `word/endnotes.xml` from their tags. */
export function createNotes(): {
  open(tag: SaxesTagPlain): void
  text(text: string): void
  close(tag: SaxesTagPlain): void
  /** The text of the note that a tag refers to; empty where there is none. */
  textOf(reference: SaxesTagPlain): string
} {
  const notes = new Map<string, string>()
  let key: string | null = null
  let words = ''
  let inText = false
  return {
    open: ({ name, attributes }) => {
      if (name === 'w:footnote' || name === 'w:endnote') {
        key = `${name}/${attributes['w:id'] ?? ''}`
        words = ''
      } else if (name === 'w:t') inText = true
      else if (name === 'w:p' || name === 'w:tab' || name === 'w:br') words += ' '
    },
    text: (text) => {
      if (inText) words += text
    },
    close: ({ name }) => {
      if (name === 'w:t') inText = false
      if ((name !== 'w:footnote' && name !== 'w:endnote') || key === null) return
      notes.set(key, words.replaceAll(/\s+/g, ' ').trim())
      key = null
    },
    textOf: ({ name, attributes }) => notes.get(`${name.replace('Reference', '')}/${attributes['w:id'] ?? ''}`) ?? '',
  }
}
