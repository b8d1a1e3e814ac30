import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freeName, nameKey, takenAmong } from '@contract/names'
import { Name } from '@contract/values'
import { fileNameFor } from '@main/features/files/file-names'

/** Any name that can be kept, likely to be like another. */
const Named = fc
  .oneof(
    fc.string({ unit: fc.constantFrom('a', 'A', 'ß', 'Σ', 'ς', 'é', ' ', '(', ')', '2'), maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 120 })
  )
  .filter((name) => Name.safeParse(name).success)
  .map((name) => Name.parse(name))

describe('the name of a file', () => {
  it.each([
    ['Gothic', 'Gothic.fabula.json'],
    ['Готика: ночь', 'Готика ночь.fabula.json'],
    ['../../etc/passwd', 'etc passwd.fabula.json'],
    ['  ..hidden.. ', 'hidden.fabula.json'],
    ['a\u202Egnp.exe', 'a gnp.exe.fabula.json'],
    ['???', 'preset.fabula.json'],
    ['', 'preset.fabula.json'],
    ['con', 'preset con.fabula.json'],
    ['LPT1.old', 'preset LPT1.old.fabula.json'],
    ['й', 'й.fabula.json'],
  ])('%j becomes %j', (name, fileName) => {
    expect(fileNameFor(name, 'preset')).toBe(fileName)
  })

  it('is one that every file system takes, whatever the preset is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
        const fileName = fileNameFor(name, 'preset')
        expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(255)
        expect(fileName).toMatch(/^[^\p{Cc}\p{Cs}<>:"/\\|?* .][^\p{Cc}\p{Cs}<>:"/\\|?*]*\.fabula\.json$/u)
        expect(fileName).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./i)
        expect(fileName).not.toMatch(/[ .]\.fabula\.json$/)
      })
    )
  })
})

describe('two names', () => {
  it.each([
    ['Gothic', 'GOTHIC'],
    ['Готика', 'готика'],
    ['ΌΔΟΣ', 'όδος'],
    ['Straße', 'STRASSE'],
    ['Noe\u0308l', 'noël'],
    ['Night  ', ' night'],
  ])('are one in any script when only capitals, accents or spaces around differ: %j, %j', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  it.each([
    ['Ё', 'Е'],
    ['Gothic', 'Gothic 2'],
    ['resume', 'résumé'],
  ])('are two when anything else does: %j, %j', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })

  it('have the same key after they were made free of each other, and fit', () => {
    fc.assert(
      fc.property(fc.array(Named, { maxLength: 8 }), Named, (names, name) => {
        const free = freeName(name, takenAmong(names))
        expect(takenAmong(names)(free)).toBe(false)
        expect(Name.parse(free)).toBe(free)
      })
    )
  })
})

describe('a name', () => {
  it.each([
    '',
    '   ',
    '\u200b',
    '\u200d\u2060\ufeff',
    '\u3164',
    '\u2800',
    '\u0301',
    '\u00ad \u180e',
    '\ud800',
    'a\udc00',
    '\0',
  ])('is refused when nothing of it can be seen, or half of a character is in it: %j', (name) => {
    expect(Name.safeParse(name).success).toBe(false)
  })

  it.each([
    [' Night ', 'Night'],
    ['a\nb\0c', 'a b c'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['می‌خواهم', 'می‌خواهم'],
    ['—', '—'],
  ])('is kept on one line and else as it is: %j', (given, kept) => {
    expect(Name.parse(given)).toBe(kept)
  })
})
