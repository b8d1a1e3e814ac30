import { z } from 'zod'
import { isVisible, LONGEST_NAME, tidyName } from './names'

/** A moment as ISO-8601 text in UTC. */
export const Timestamp = z.iso.datetime()
export type Timestamp = z.infer<typeof Timestamp>

/** Text that comes from data files and is shown to the user: one entry for each language of the app. */
export const LocalizedText = z.strictObject({ en: z.string(), ru: z.string() })
export type LocalizedText = z.infer<typeof LocalizedText>

export const Language = z.enum(['en', 'ru'])
export type Language = z.infer<typeof Language>

/** Any JSON value. Which ones a setting takes is said by its JSON Schema, which main checks. */
export const JsonValue = z.json()
export type JsonValue = z.infer<typeof JsonValue>

export const JsonObject = z.record(z.string(), JsonValue)
export type JsonObject = z.infer<typeof JsonObject>

/**
 * A name that the user gives: trimmed, on one line, 1 to 120 characters, of which something can be seen and none is half
 * of one. `params.code` is the error of the request.
 */
export const Name = z
  .string()
  .overwrite(tidyName)
  .min(1)
  .max(LONGEST_NAME)
  .refine(isVisible, { error: 'has nothing that can be seen' })
  .refine((text) => !/\p{Cs}/u.test(text), {
    error: 'has half of a character (a lone surrogate)',
    params: { code: 'text_broken' },
  })

/** An http or https address without credentials, query or fragment. */
export const HttpUrl = z
  .string()
  .trim()
  .max(2000)
  .refine(
    (text) => {
      if (!URL.canParse(text)) return false
      const url = new URL(text)
      return (
        (url.protocol === 'http:' || url.protocol === 'https:') &&
        url.username === '' &&
        url.password === '' &&
        url.search === '' &&
        url.hash === ''
      )
    },
    { error: 'must be an http:// or https:// address without user name, query or fragment' }
  )

/** What a route answers when there is nothing to say. */
export const Nothing = z.strictObject({})
export type Nothing = z.infer<typeof Nothing>
