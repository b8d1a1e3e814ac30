import { visit } from 'jsonc-parser'
import { cutText } from '@contract/names'

/** Characters shown of what stands at the fault. */
const LONGEST_EXCERPT = 40

/** A place in a text: line and column, both from 1, and what stands there; `near` is empty at its end. */
export type JsonPlace = {
  line: number
  column: number
  near: string
}

/** The first fault of a text that is no JSON; nothing where even looking for it goes too deep. */
export function faultIn(text: string): JsonPlace | Record<string, never> {
  let first: number | null = null
  try {
    visit(
      text,
      {
        onError: (_error, offset) => {
          first ??= offset
        },
      },
      { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false }
    )
  } catch (error) {
    if (error instanceof RangeError) return {}
    throw error
  }
  return placeOf(text, first ?? text.length)
}

/** Where a place of a text, in UTF-16 units, is in its lines. */
export function placeOf(text: string, offset: number): JsonPlace {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  const [rest = ''] = text.slice(offset).split(/[\r\n]/, 1)
  const near = cutText(rest.trim().replaceAll(/[\p{Cc}\p{Cs}]/gu, '\ufffd'), LONGEST_EXCERPT)
  return { line: before.length, column: Array.from(before.at(-1) ?? '').length + 1, near }
}
