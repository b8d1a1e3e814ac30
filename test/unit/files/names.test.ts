import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileNameFor, nameKey } from '@main/features/files/names'

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

it('names are one where the database takes them for one: it knows capitals of ASCII alone', () => {
  expect(nameKey('Gothic')).toBe(nameKey('GOTHIC'))
  expect(nameKey('Готика')).not.toBe(nameKey('готика'))
})
