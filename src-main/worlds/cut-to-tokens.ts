import { cutText } from '@contract/names'
import { estimateTokens } from '@main/platform/token-estimate'

/** The beginning of a text that fits into so many tokens, to the end of a sentence where that keeps at least half of it. */
export function cutToTokens(text: string, tokens: number): string {
  if (estimateTokens(text) <= tokens) return text
  let [fits, tooLong] = [0, text.length]
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    if (estimateTokens(text.slice(0, middle)) <= tokens) fits = middle
    else tooLong = middle
  }
  const cut = cutText(text, fits)
  const sentence = /^.*[.!?…»”"](?=\s)/su.exec(cut)?.[0]
  if (sentence !== undefined && sentence.length * 2 >= cut.length) return sentence
  return cut.replace(/\s+\S*$/u, '')
}
