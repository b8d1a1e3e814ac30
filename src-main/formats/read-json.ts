import { FabulaError, FileError } from '@contract/errors'
import { LARGEST_FILE } from '@contract/routes/files'
import { JsonObject } from '@contract/values'
import { faultAt } from './file-fault'
import { faultIn } from './json-fault'

/** Levels of nesting; what Fabula writes has fewer than twenty. */
const DEEPEST = 64

/**
 * Reads the text of a file, of at most `largest` bytes, as a JSON object, and refuses what is made to do harm before
 * anything looks into it. Throws `file_too_large`, `file_not_json`, `file_not_fabula`, or `file_invalid` with the path of the field.
 */
export function readJson(text: string, largest = LARGEST_FILE): JsonObject {
  refuseTooLarge([text], largest)
  const json = parse(text)
  refuseHostile(json, [])
  const object = JsonObject.safeParse(json)
  if (!object.success) throw new FabulaError(FileError.NotFabula, 'The file holds no JSON object')
  return object.data
}

/** Throws `file_too_large` for texts that have more than `largest` bytes in all. */
export function refuseTooLarge(texts: readonly string[], largest = LARGEST_FILE): void {
  // Counting the bytes of a text takes as long as it is: the first that is too long ends it.
  let bytes = 0
  for (const text of texts) {
    bytes += text.length > largest ? text.length : Buffer.byteLength(text)
    if (bytes > largest)
      throw new FabulaError(FileError.TooLarge, `More than ${largest} bytes`, { details: { limit: largest } })
  }
}

function parse(text: string): unknown {
  const plain = text.replace(/^\ufeff/, '')
  try {
    return JSON.parse(plain)
  } catch (error) {
    throw new FabulaError(FileError.NotJson, 'The file is not JSON', {
      details: error instanceof SyntaxError ? faultIn(plain) : {},
      cause: error,
    })
  }
}

/** Refuses what no file of ours has: nesting made to exhaust a reader, and the key that would change what an object is. */
export function refuseHostile(value: unknown, path: readonly PropertyKey[]): void {
  if (typeof value !== 'object' || value === null) return
  if (path.length >= DEEPEST) throw faultAt(path.slice(0, 8), `is nested more than ${DEEPEST} levels deep`)
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    if (key === '__proto__') throw faultAt(at, 'is not a field name')
    refuseHostile(inner, at)
  }
}
