import type { JsonValue } from '@contract/values'

const PLACEHOLDER = /\{([a-zA-Z]\w*)\}/g

/** What placeholders stand for. */
export type Known = Readonly<Record<string, string>>

/** A body with its placeholders filled in. A text that is nothing but one that is not known is left out. */
export function fillBody(template: JsonValue, known: Known): JsonValue | undefined {
  if (typeof template === 'string') return fillText(template, known)
  if (Array.isArray(template)) return template.flatMap((item) => fillBody(item, known) ?? [])
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(
    Object.entries(template).flatMap(([key, value]) => {
      const filled = fillBody(value, known)
      return filled === undefined ? [] : [[key, filled]]
    })
  )
}

function fillText(template: string, known: Known): string | undefined {
  const alone = /^\{([a-zA-Z]\w*)\}$/.exec(template)?.[1]
  if (alone !== undefined) return valueOf(known, alone)
  return template.replaceAll(PLACEHOLDER, (_, name: string) => valueOf(known, name) ?? '')
}

const valueOf = (known: Known, name: string): string | undefined =>
  Object.hasOwn(known, name) ? known[name] : undefined

export const hasPlaceholder = (template: string): boolean => template.search(PLACEHOLDER) !== -1

/**
 * An address with its placeholders filled in, below the base URL. One that begins with a placeholder for a whole address leads
 * where that does. Null where something is not known.
 *
 * @param asTheyAre names whose value is a path of its own, as that of a model
 */
export function fillAddress(
  template: string,
  baseUrl: string,
  known: Known,
  asTheyAre: readonly string[] = []
): URL | null {
  const names = Array.from(template.matchAll(PLACEHOLDER), ([, name = '']) => name)
  if (names.some((name) => valueOf(known, name) === undefined)) return null
  const [first = ''] = names
  const whole = template.startsWith(`{${first}}`) && URL.canParse(valueOf(known, first) ?? '')
  const filled = template.replaceAll(PLACEHOLDER, (_, name: string) => {
    const value = valueOf(known, name) ?? ''
    return (whole && name === first) || asTheyAre.includes(name) ? value : encodeURIComponent(value)
  })
  const address = whole ? filled : baseUrl + filled
  return URL.canParse(address) ? new URL(address) : null
}
