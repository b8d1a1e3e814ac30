import { z } from 'zod'

/*
 * Values as other programs write them: a number where a text should be, a text with commas where a list should be, null
 * for nothing. What cannot be understood is refused by the name of its field.
 */

/** Half a character cannot be stored as text. */
const whole = (text: string) => text.replaceAll(/\p{Cs}/gu, '\ufffd')

/** The longest text that a field takes, in characters. */
const LONGEST_TEXT = 200_000

const plainText = z.union(
  [z.string(), z.number().transform(String), z.boolean().transform(String), z.null().transform(() => '')],
  { error: 'must be text' }
)

export const looseText = plainText
  .transform(whole)
  .refine((text) => text.length <= LONGEST_TEXT, { error: `has more than ${LONGEST_TEXT} characters` })
  .default('')

const filled = (texts: readonly string[]) => texts.map((text) => whole(text).trim()).filter((text) => text !== '')

/** Texts, without empty ones. */
export const looseWords = z
  .union(
    [
      z.array(plainText),
      z.string().transform((text) => text.split(',')),
      z.number().transform((number) => [String(number)]),
      z.null().transform(() => []),
    ],
    { error: 'must be a list of texts' }
  )
  .transform(filled)
  .refine((words) => words.length <= 1000, { error: 'has more than 1000 entries' })
  .refine((words) => words.every((word) => word.length <= 1000), { error: 'has a text of more than 1000 characters' })
  .default([])

/** Texts that may be long, as they stand. */
export const looseTexts = z
  .union([z.array(looseText), z.string().transform((text) => [text]), z.null().transform(() => [])], {
    error: 'must be a list of texts',
  })
  .default([])

/** A number; null where it is not said. Texts with a number in them are taken for it. */
export const looseNumber = z
  .union(
    [
      z.number(),
      z.boolean().transform(Number),
      z.null(),
      z.string().transform((text, context) => {
        if (text.trim() === '') return null
        const number = Number(text)
        if (Number.isFinite(number)) return number
        context.addIssue({ code: 'custom', message: 'must be a number' })
        return z.NEVER
      }),
    ],
    { error: 'must be a number' }
  )
  .default(null)

const said: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['', null],
])

/** Yes or no; null where it is not said. */
export const looseSwitch = z
  .union(
    [
      z.boolean(),
      z.number().transform((number) => number !== 0),
      z.null(),
      z.string().transform((text, context) => {
        const value = said.get(text.trim().toLowerCase())
        if (value !== undefined) return value
        context.addIssue({ code: 'custom', message: 'must be true or false' })
        return z.NEVER
      }),
    ],
    { error: 'must be true or false' }
  )
  .default(null)

/** A number brought within bounds, as a whole one. */
export function wholeWithin(number: number | null, least: number, most: number, otherwise: number): number {
  if (number === null || !Number.isFinite(number)) return otherwise
  return Math.min(most, Math.max(least, Math.round(number)))
}
