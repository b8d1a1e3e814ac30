/** Characters of a name, in UTF-16 units. */
export const LONGEST_NAME = 120

/** A name as it is kept: line breaks and other control characters are spaces, and none stand around it. */
export const tidyName = (name: string): string => name.replaceAll(/\p{Cc}+/gu, ' ').trim()

/** Whether anything of a text can be seen: a name of invisible characters alone could be told from no other. */
export const isVisible = (text: string): boolean =>
  /[^\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Cf}\p{M}\u2800]/u.test(text)

/**
 * Two names are one when their keys are the same: in any script they may differ in capitals, and in how an accent is
 * written. By way of capitals, because small letters depend on their place in Greek, and `ß` has none of its own.
 */
export const nameKey = (name: string): string =>
  // Of these letters nothing else is to be thought of, and most names are made of them.
  /^[!-~]+$/.test(name)
    ? name.toLowerCase()
    : tidyName(name).normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')

/** Tells whether a name is among others. */
export function takenAmong(names: Iterable<string>): (name: string) => boolean {
  const keys = new Set([...names].map(nameKey))
  return (name) => keys.has(nameKey(name))
}

/** `name`, or with the first number that makes it free: `Gothic (2)`. */
export function freeName(name: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name
  const base = name.replace(/ \(\d+\)$/, '')
  for (let count = 2; ; count += 1) {
    const end = ` (${count})`
    const candidate = cutText(base, LONGEST_NAME - end.length) + end
    if (!taken(candidate)) return candidate
  }
}

/** The longest short name of a provider (resources/schemas/configuration.schema.json), with room for a number. */
const LONGEST_SLUG = 32

/** A short name for ids and files, or with the first number that makes it free: `my-server`, `my-server-2`. */
export function freeSlug(slug: string, taken: (slug: string) => boolean): string {
  if (!taken(slug)) return slug
  for (let count = 2; ; count += 1) {
    const candidate = `${slug.slice(0, LONGEST_SLUG)}-${count}`
    if (!taken(candidate)) return candidate
  }
}

/** At most so many characters of a text, none of them halved. */
export const cutText = (text: string, longest: number): string =>
  text.length <= longest ? text : text.slice(0, longest).replace(/\p{Cs}$/u, '')
