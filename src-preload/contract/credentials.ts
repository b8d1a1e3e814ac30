import { isObject } from './json'
import { isCovered, looksLikeCredential } from './headers'
import type { JsonObject } from './values'

export type Path = readonly string[]

/** The paths of everything that looks like a credential in an object, in its order. What is covered is none any more. */
export const credentialsIn = (body: JsonObject, above: Path = []): Path[] =>
  Object.entries(body).flatMap(([key, value]) => {
    if (isObject(value)) return credentialsIn(value, [...above, key])
    return looksLikeCredential(key, value) && !isCovered(value) ? [[...above, key]] : []
  })

/** An object with every text replaced by what `replace` makes of it; undefined takes it out. */
export function mapTexts(
  body: JsonObject,
  replace: (path: Path, text: string) => string | undefined,
  above: Path = []
): JsonObject {
  const mapped: JsonObject = {}
  for (const [key, value] of Object.entries(body)) {
    const path = [...above, key]
    const next = isObject(value)
      ? mapTexts(value, replace, path)
      : typeof value === 'string'
        ? replace(path, value)
        : value
    if (next !== undefined) mapped[key] = next
  }
  return mapped
}

/** An object without credentials, and without what covers one: as it may leave this computer, or come to it. */
export const withoutCredentials = (body: JsonObject): JsonObject =>
  mapTexts(body, (path, text) => (isCovered(text) || looksLikeCredential(path.at(-1) ?? '', text) ? undefined : text))
