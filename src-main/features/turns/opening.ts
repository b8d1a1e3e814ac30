/** Where words begin and end in every script, also in those that put no spaces between them. */
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** UTF-16 units at the end of a text in which the last word is looked for: more than any word has. */
const TAIL = 400

const SPACE = /\s$/u
/** Marks that end a sentence or a quotation. After a space they begin one. */
const CLOSING = /\S[.,;:!?…»”")\]。、，．！？；：」』）】》〉〕｝।؟]$/u
/** A word that goes on behind its apostrophe or hyphen: "don'", "half-". */
const JOINED = /[\p{L}\p{M}\p{N}]+['’\-\u2010\u2011]$/u
/** What a passage is not left at: opening quotes, dashes, brackets. */
const LOOSE_MARKS = /[^\p{L}\p{M}\p{N}\s]+$/u
/** Scripts that are written without spaces between words. */
const WITHOUT_SPACES = new RegExp(
  `[${['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan'].map((name) => `\\p{sc=${name}}`).join('')}]`,
  'u'
)

/**
 * The words of a passage that broke off, as the passage that completes it begins: without the last word, which may be
 * half a word. The model writes that one again. Whatever was written in a single word is kept whole.
 */
export function openingOf(text: string): string {
  if (SPACE.test(text)) return text
  if (CLOSING.test(text)) return usesSpaces(text) ? `${text} ` : text
  const kept = withoutLastWord(text)
  return kept.trim() === '' ? text : kept
}

function withoutLastWord(text: string): string {
  const from = tailStart(text)
  let end = text.length
  for (const { segment, index, isWordLike } of [...words.segment(text.slice(from))].toReversed()) {
    if (SPACE.test(segment)) break
    end = from + index
    if (isWordLike) break
  }
  let kept = text.slice(0, end)
  while (JOINED.test(kept)) kept = kept.replace(JOINED, '')
  return CLOSING.test(kept) ? kept : kept.replace(LOOSE_MARKS, '')
}

/** The beginning of the tail, never between the halves of a character. */
function tailStart(text: string): number {
  const start = Math.max(0, text.length - TAIL)
  const unit = text.charCodeAt(start)
  return unit >= 0xdc00 && unit <= 0xdfff ? start + 1 : start
}

/** Whether a new sentence after this text is set off by a space: the script of its last letter says. */
function usesSpaces(text: string): boolean {
  const letter = /\p{L}(?=[^\p{L}]*$)/u.exec(text.slice(tailStart(text)))
  return letter === null || !WITHOUT_SPACES.test(letter[0])
}
