import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonObject, type JsonValue } from '@contract/values'
import { FabulaError } from '@contract/errors'
import { readCard, writeCard, type ReadCard } from '@main/formats/card'
import { readLorebook, writeBook } from '@main/formats/lorebook'
import { cardShapes } from '@test/unit/formats/shapes'

const versionOf = (json: JsonObject): 2 | 3 => (json['spec'] === 'chara_card_v3' ? 3 : 2)

/** Reads a card and writes it again, with its book, as an export from a world would. */
function roundTrip(json: JsonObject, change: (card: ReadCard) => ReadCard = (card) => card): JsonObject {
  const read = change(readCard(json))
  const book = read.book && readLorebook(read.book, ['data', 'character_book'])
  const written = book && writeBook(book.name, book.world, book.extra, book.entries)
  // As a database keeps it.
  const extra = JsonObject.parse(JSON.parse(JSON.stringify(read.extra)))
  return JsonObject.parse(JSON.parse(JSON.stringify(writeCard(read, extra, versionOf(json), written))))
}

/** The places where `written` has not what `source` has; entries of a book may stand in a list instead of an object. */
function lostFrom(written: JsonValue | undefined, source: JsonValue, path = ''): string[] {
  if (Array.isArray(source))
    return Array.isArray(written) && written.length === source.length
      ? source.flatMap((item, index) => lostFrom(written[index], item, `${path}[${index}]`))
      : [path]
  const object = JsonObject.safeParse(source)
  if (!object.success) return isDeepStrictEqual(written, source) ? [] : [path]
  if (Array.isArray(written) && path.endsWith('.entries')) return lostFrom(written, Object.values(object.data), path)
  const held = JsonObject.safeParse(written)
  if (!held.success) return [path]
  return Object.entries(object.data).flatMap(([key, value]) => lostFrom(held.data[key], value, `${path}.${key}`))
}

/** Ids of entries are given anew where two share one. */
const withoutIds = (json: JsonObject): JsonObject =>
  JsonObject.parse(JSON.parse(JSON.stringify(json, (key, value: unknown) => (key === 'id' ? undefined : value))))

describe('a character card that comes and goes', () => {
  it.each(Object.entries(cardShapes))('keeps all it had: %s', (_, json) => {
    const source = withoutIds(json)
    const written = roundTrip(json)
    expect(lostFrom(withoutIds(written), source)).toEqual([])
    expect(written['data']).toBeTypeOf('object')
    // A second time changes nothing at all.
    expect(roundTrip(written)).toEqual(written)
  })

  it('has at least twenty shapes', () => expect(Object.keys(cardShapes).length).toBeGreaterThanOrEqual(20))

  it('keeps any JSON in fields that nobody knows', () => {
    const unknown = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      fc
        .jsonValue({ maxDepth: 3 })
        .filter(isPlain)
        .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
      { maxKeys: 5 }
    )
    fc.assert(
      fc.property(unknown, unknown, unknown, (top, more, extensions) => {
        const known = cardShapes['version 2, plain'] ?? {}
        const data = { ...prefixed(more), ...JsonObject.parse(known['data']), extensions: prefixed(extensions) }
        const source: JsonObject = { ...prefixed(top), spec: 'chara_card_v2', spec_version: '2.0', data }
        expect(roundTrip(source)).toEqual(source)
      }),
      { numRuns: 300 }
    )
  })

  it.each(Object.entries(cardShapes))('writes what was changed here, and nothing else: %s', (_, json) => {
    const written = roundTrip(json, (card) => ({
      ...card,
      name: 'New name',
      fields: {
        ...card.fields,
        description: 'New words',
        greetings: ['One', 'Two'],
        tags: ['new'],
        aliases: [],
        voice: 'Soft',
      },
    }))
    expect(written).toMatchObject({
      data: {
        name: 'New name',
        description: 'New words',
        first_mes: 'One',
        alternate_greetings: ['Two'],
        tags: ['new'],
        extensions: { fabula: { voice: 'Soft' } },
      },
    })
    expect(JsonObject.parse(written['data'])['nickname']).toBeUndefined()
    const fields = { description: 'New words', greetings: ['One', 'Two'], aliases: [], voice: 'Soft' }
    expect(readCard(written).fields).toMatchObject(fields)
  })

  it('says what was changed also in the fields of version 1 that stand beside', () => {
    const json = cardShapes['as SillyTavern writes JSON: version 1 beside version 2'] ?? {}
    const written = roundTrip(json, (card) => ({ ...card, fields: { ...card.fields, description: 'New words' } }))
    expect(written).toMatchObject({ ...json, description: 'New words', data: { description: 'New words' } })
  })
})

describe('a card with a fault', () => {
  const refusal = (json: JsonObject) => {
    try {
      readCard(json)
    } catch (error) {
      if (error instanceof FabulaError) return error
      throw error
    }
    throw new Error('It was read')
  }

  it.each<[string, JsonObject, string]>([
    ['an object for a text', { description: { a: 1 } }, 'data.description'],
    ['a list with an object', { tags: [{ a: 1 }] }, 'data.tags'],
    ['a text that is too long', { description: 'x'.repeat(200_001) }, 'data.description'],
    ['greetings that are a number', { alternate_greetings: 3 }, 'data.alternate_greetings'],
  ])('is refused by the name of the field: %s', (_, data, path) => {
    const error = refusal({ spec: 'chara_card_v2', data: { name: 'x', ...data } })
    expect(error.code).toBe('file_invalid')
    expect(error.details['path']).toBe(path)
  })
})

describe('what a card loses here', () => {
  it('is what changes the writing, and nothing else', () => {
    const json = cardShapes['as SillyTavern writes JSON: version 1 beside version 2'] ?? {}
    expect(readCard(json).losses).toEqual([{ field: 'extensions.depth_prompt', value: 'p' }])
    expect(readCard(cardShapes['version 3, plain'] ?? {}).losses).toEqual([])
  })
})

/** No key of a property is one that the card itself has. */
const prefixed = (object: Readonly<Record<string, JsonValue>>): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [`x-${key}`, value]))

/** No file may have a field that would change what an object is: readers refuse or drop it. */
function isPlain(value: unknown): boolean {
  return !JSON.stringify(value).includes('"__proto__"')
}
