import { FileInput, type InputValues } from '@contract/entities/template'
import { listOf } from '@contract/json'
import type { JsonValue } from '@contract/values'

export interface Piece {
  text: string
  /** It is a value of the form. */
  isValue: boolean
}

/** A text of fewer characters stands in a prompt for other reasons, too. */
const SHORTEST = 2
const MOST_VALUES = 200

/** A prompt in pieces, those that are values of the form apart. Values are found by their text, the longest first. */
export function markValues(text: string, values: InputValues): Piece[] {
  const words = [...new Set(Object.values(values).flatMap(textsOf))]
    .filter((word) => word.trim().length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_VALUES)
  if (words.length === 0) return [{ text, isValue: false }]
  const pattern = new RegExp(`(${words.map(asPattern).join('|')})`, 'gu')
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, isValue: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}

function textsOf(value: JsonValue): string[] {
  if (typeof value === 'string') return [value.trim()]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) {
    const items = listOf(value).flatMap(textsOf)
    return items.length > 1 ? [items.join(', '), ...items] : items
  }
  const file = FileInput.safeParse(value).data
  return file ? [file.text.trim()] : []
}

/** As a word of its own: `art` is not marked in `heart`. */
function asPattern(word: string): string {
  const plain = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const before = /^[\p{L}\p{N}]/u.test(word) ? String.raw`(?<![\p{L}\p{N}])` : ''
  const after = /[\p{L}\p{N}]$/u.test(word) ? String.raw`(?![\p{L}\p{N}])` : ''
  return `${before}${plain}${after}`
}
