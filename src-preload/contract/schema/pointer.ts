import { isObject } from '../json'
import type { JsonValue } from '../values'

/** The parts of a JSON Pointer (RFC 6901): `/a~1b/0` → `a/b`, `0`. */
export const partsOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A name as a part of a JSON Pointer. */
export const escapedPart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** What stands in a value at a JSON Pointer; undefined where nothing does. */
export function valueAtPointer(value: JsonValue, pointer: string): JsonValue | undefined {
  let found: JsonValue | undefined = value
  for (const part of partsOf(pointer)) {
    if (Array.isArray(found)) found = found[Number(part)]
    else found = isObject(found) && Object.hasOwn(found, part) ? found[part] : undefined
  }
  return found
}
