import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LoreFields } from '@contract/entities/world'
import { FabulaError } from '@contract/errors'
import { JsonObject } from '@contract/values'
import { isLorebook, readLorebook, readLorebookFile, writeBook, writeWorldInfo } from '@main/formats/lorebook'

/** An entry as SillyTavern writes it today, with a rule that it may have tomorrow. */
const worldInfoEntry = (uid: number, more: JsonObject = {}): JsonObject => ({
  uid,
  key: ['маяк', '/light(house)?/i'],
  keysecondary: ['sea'],
  comment: `Entry ${uid}`,
  content: 'Dark for a year.',
  constant: false,
  vectorized: false,
  selective: true,
  selectiveLogic: 3,
  addMemo: true,
  order: 90,
  position: 4,
  disable: false,
  ignoreBudget: false,
  excludeRecursion: true,
  preventRecursion: false,
  matchPersonaDescription: false,
  delayUntilRecursion: 2,
  probability: 60,
  useProbability: true,
  depth: 3,
  outletName: '',
  group: 'a, b',
  groupOverride: false,
  groupWeight: 70,
  scanDepth: null,
  caseSensitive: null,
  matchWholeWords: true,
  useGroupScoring: null,
  automationId: '',
  role: 1,
  sticky: 2,
  cooldown: 0,
  delay: 1,
  displayIndex: uid,
  characterFilter: { isExclude: false, names: [], tags: [] },
  nextYear: { deep: [1] },
  ...more,
})

const shapes: Record<string, JsonObject> = {
  'as SillyTavern writes it': { entries: { 0: worldInfoEntry(0), 1: worldInfoEntry(1) } },
  'with the book that it came from': {
    entries: { 0: worldInfoEntry(0) },
    originalData: { name: 'x', entries: [] },
    name: 'Море',
  },
  'of an older program': {
    entries: {
      5: {
        uid: 5,
        key: ['a'],
        keysecondary: [],
        comment: '',
        content: 'x',
        constant: false,
        selective: false,
        order: 100,
        position: 0,
        disable: false,
      },
    },
  },
  'with texts for numbers': {
    entries: {
      0: worldInfoEntry(0, { order: '90', probability: '60', useProbability: 'false', depth: '3', disable: 'false' }),
    },
  },
  'with keys as text': { entries: { 0: worldInfoEntry(0, { key: 'one, two', keysecondary: null, group: ['x'] }) } },
  'with a probability that is switched off': { entries: { 0: worldInfoEntry(0, { useProbability: false }) } },
  'with secondary keys that are switched off': { entries: { 0: worldInfoEntry(0, { selective: false }) } },
  'with positions of the future': { entries: { 0: worldInfoEntry(0, { position: 7, outletName: 'x' }) } },
  'without anything': { entries: {} },
}

const written = (json: JsonObject): JsonObject => {
  const { name, world, entries, extra } = readLorebookFile(json)
  return JsonObject.parse(JSON.parse(JSON.stringify(writeWorldInfo(name, world.description ?? '', extra, entries))))
}

describe('a lorebook that comes and goes', () => {
  it.each(Object.entries(shapes))('keeps all it had: %s', (_, json) => {
    expect(isLorebook(json)).toBe(true)
    expect(written(json)).toMatchObject(json)
    expect(written(written(json))).toEqual(written(json))
  })

  it('is read by the rules that it has', () => {
    const [entry] = readLorebookFile(shapes['as SillyTavern writes it'] ?? {}).entries
    expect(entry).toMatchObject({
      name: 'Entry 0',
      enabled: true,
      fields: {
        keys: ['маяк', '/light(house)?/i'],
        secondaryKeys: ['sea'],
        secondaryLogic: 'andAll',
        position: 'atDepth',
        depth: 3,
        depthVoice: 'user',
        order: 90,
        probability: 60,
        groups: ['a', 'b'],
        groupWeight: 70,
        wholeWords: true,
        caseSensitive: null,
        sticky: 2,
        delay: 1,
        notWokenByLore: true,
        recursionLevel: 2,
      },
    })
  })

  it('says a changed rule in all fields that say it', () => {
    const read = readLorebookFile(shapes['with a probability that is switched off'] ?? {})
    const changed = read.entries.map((entry) => ({ ...entry, fields: { ...entry.fields, probability: 30 } }))
    expect(writeWorldInfo('', '', read.extra, changed)['entries']).toMatchObject({
      0: { probability: 30, useProbability: true, nextYear: { deep: [1] } },
    })
  })

  it('gives every entry a number of its own', () => {
    const entries = { a: worldInfoEntry(3), b: worldInfoEntry(3), c: worldInfoEntry(0) }
    const uids = Object.keys(JsonObject.parse(written({ entries })['entries']))
    expect(new Set(uids).size).toBe(3)
    expect(uids).toContain('3')
  })

  it('keeps every rule of ours in both forms', () => {
    const word = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => text.trim() === text && !/[,\p{Cs}]/u.test(text))
    const count = fc.integer({ min: 0, max: 1000 })
    const rules = fc.record({
      content: fc.string().filter((text) => !/\p{Cs}/u.test(text)),
      keys: fc.array(word, { maxLength: 3 }),
      secondaryKeys: fc.array(word, { minLength: 1, maxLength: 2 }),
      secondaryLogic: fc.constantFrom('andAny', 'andAll', 'notAny', 'notAll'),
      constant: fc.boolean(),
      wholeWords: fc.option(fc.boolean()),
      wordForms: fc.option(fc.boolean()),
      caseSensitive: fc.option(fc.boolean()),
      scanDepth: fc.option(count),
      probability: fc.integer({ min: 0, max: 100 }),
      priority: fc.integer({ min: -100, max: 100 }),
      order: fc.integer({ min: -100, max: 1000 }),
      position: fc.constantFrom(
        'beforeCharacters',
        'afterCharacters',
        'beforeExamples',
        'afterExamples',
        'beforeNote',
        'afterNote',
        'atDepth'
      ),
      depth: count,
      depthVoice: fc.constantFrom('system', 'user', 'assistant'),
      budget: fc.option(count),
      ignoresBudget: fc.boolean(),
      sticky: count,
      cooldown: count,
      delay: count,
      notWokenByLore: fc.boolean(),
      wakesNoLore: fc.boolean(),
      recursionLevel: fc.integer({ min: 0, max: 20 }),
      groups: fc.array(word, { maxLength: 2 }),
      groupWeight: count,
      groupFirst: fc.boolean(),
    })
    fc.assert(
      fc.property(rules, fc.boolean(), (fields, enabled) => {
        const lore = { name: 'Lore', enabled, fields: LoreFields.parse(fields), extra: {} }
        const asBook = readLorebook(writeBook('Book', {}, {}, [lore]), [])
        const asFile = readLorebookFile(writeWorldInfo('Book', '', {}, [lore]))
        expect(asBook.entries[0]).toMatchObject({ name: 'Lore', enabled, fields: lore.fields })
        expect(asFile.entries[0]).toMatchObject({ name: 'Lore', enabled, fields: lore.fields })
      })
    )
  })

  it('takes what nobody knows from one form into the other', () => {
    const read = readLorebookFile({ entries: { 0: worldInfoEntry(0) } })
    const book = writeBook('Sea', {}, read.extra, read.entries)
    expect(book['entries']).toMatchObject([{ keys: ['маяк', '/light(house)?/i'], nextYear: { deep: [1] } }])
    expect(readLorebook(book, []).entries[0]?.fields).toEqual(read.entries[0]?.fields)
  })
})

describe('a lorebook with a fault', () => {
  it.each<[string, JsonObject, string]>([
    ['an entry that is none', { entries: { 0: worldInfoEntry(0), 1: 'text' } }, 'entries.1'],
    ['a key that is an object', { entries: { 0: worldInfoEntry(0, { key: { a: 1 } }) } }, 'entries.0.key'],
    ['an order that is no number', { entries: { 0: worldInfoEntry(0, { order: 'first' }) } }, 'entries.0.order'],
    [
      'a book inside a card file',
      { spec: 'lorebook_v3', data: { entries: [{ keys: ['a'], content: { b: 1 } }] } },
      'data.entries[0].content',
    ],
  ])('is refused by the name of the field: %s', (_, json, path) => {
    let error: unknown
    try {
      readLorebookFile(json)
    } catch (thrown) {
      error = thrown
    }
    expect(error instanceof FabulaError && error.details['path']).toBe(path)
  })
})

describe('what a lorebook loses here', () => {
  it('is named by entry and rule', () => {
    const entries = { 0: worldInfoEntry(0, { vectorized: true, position: 7, characterFilter: { names: ['Мира'] } }) }
    expect(readLorebookFile({ entries }).losses).toEqual([
      { field: 'Entry 0: vectorized', value: true },
      { field: 'Entry 0: position', value: 7 },
      { field: 'Entry 0: characterFilter', value: { names: ['Мира'] } },
    ])
    expect(readLorebookFile({ entries: { 0: worldInfoEntry(0) } }).losses).toEqual([])
  })
})
