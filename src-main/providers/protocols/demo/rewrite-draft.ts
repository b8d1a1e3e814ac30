import { endsSentence } from './conversation'
import type { Material } from './material'
import type { Pen } from './pen'

const beginsSentence = (text: string): boolean => /^["“«—\s]*[\p{Lu}\p{N}]/u.test(text) && !/^\s/.test(text)

/**
 * Polishes a draft and keeps its sentences: a first impression for the senses before it, a cadence at the end of its
 * longest paragraph. A draft that begins or ends inside a sentence is left alone there.
 */
export const rewriteDraft = (draft: string, pen: Pen, { polish }: Material): string => {
  const paragraphs = draft.split(/\n{2,}/)
  const longest = paragraphs
    .map((paragraph, index) => ({ index, length: endsSentence(paragraph) ? paragraph.length : 0 }))
    .reduce((leader, next) => (next.length > leader.length ? next : leader), { index: -1, length: 0 }).index
  const opening = beginsSentence(draft) ? pen.write(polish.openings) : ''
  const dialogue = /^\s*(?:[—–]|[“«"])/.test(draft)

  const polished = paragraphs.map((paragraph, index) =>
    index === longest ? `${paragraph.trimEnd()} ${pen.write(polish.cadences)}` : paragraph
  )
  if (opening === '') return polished.join('\n\n')
  return `${opening}${dialogue ? '\n\n' : ' '}${polished.join('\n\n')}`
}
