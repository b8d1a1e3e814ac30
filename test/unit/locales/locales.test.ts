import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { errorFacts } from '@contract/error-facts'
import { errorCodes } from '@contract/errors'
import { Language } from '@contract/values'

const folder = fileURLToPath(new URL('../../../resources/locales/', import.meta.url))
const read = (language: string, file: string): unknown =>
  JSON.parse(readFileSync(`${folder}${language}/${file}`, 'utf8'))
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Every text of a namespace by its path; a list of wordings counts as one text. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (Array.isArray(value)) return [[path, value.join('\n')]]
  if (!isObject(value)) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, path === '' ? key : `${path}.${key}`))
}

const plural = /_(zero|one|two|few|many|other)$/
const variables = (text: string) =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? ''))].toSorted()
const files = readdirSync(`${folder}en`)

describe.each(files)('%s', (file) => {
  const english = new Map(textsOf(read('en', file)))
  const russian = new Map(textsOf(read('ru', file)))
  const bases = (texts: Map<string, string>) =>
    [...new Set([...texts.keys()].map((key) => key.replace(plural, '')))].toSorted()

  test('has the same texts in both languages, so that no screen falls back to another one', () => {
    expect(bases(russian)).toEqual(bases(english))
  })

  test('has every plural form that each language needs, so that no number reads wrong', () => {
    for (const [language, texts] of [
      ['en', english],
      ['ru', russian],
    ] as const) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
      const counted = [...texts.keys()].filter((key) => plural.test(key))
      for (const base of new Set(counted.map((key) => key.replace(plural, '')))) {
        const keys = counted.filter((key) => key.replace(plural, '') === base)
        // i18next takes a text of its own for zero in any language; it is never needed.
        const has = keys.map((key) => key.slice(base.length + 1)).filter((form) => form !== 'zero')
        expect([base, has.toSorted()]).toEqual([base, forms])
      }
    }
  })

  test('names only facts that both languages are given, so that no {{name}} is left on the screen', () => {
    for (const [key, text] of russian) {
      const base = key.replace(plural, '')
      const names = new Set(
        [...english].filter(([other]) => other.replace(plural, '') === base).flatMap(([, other]) => variables(other))
      )
      // `count` is always there where there are plural forms, whether or not a form says it.
      if (plural.test(key)) names.add('count')
      expect([key, variables(text).filter((name) => !names.has(name))]).toEqual([key, []])
    }
  })

  test('has no empty text', () => {
    for (const [key, text] of [...english, ...russian]) expect([key, text.trim() !== '']).toEqual([key, true])
  })
})

describe('error texts', () => {
  test.each(Language.options)(
    'name only facts that the code can give, so that each is said where it is known: %s',
    (language) => {
      const texts = read(language, 'errors.json')
      if (!isObject(texts)) throw new Error('errors.json is not an object')
      for (const code of errorCodes) {
        const facts = Object.keys(errorFacts[code])
        const named = textsOf(texts[code]).flatMap(([, text]) => variables(text))
        expect([code, named.filter((name) => !facts.includes(name))]).toEqual([code, []])
      }
    }
  )

  const parts = ['what', 'why', 'next'] as const
  test.each(Language.options)('say what, why and what next for every code, with or without details: %s', (language) => {
    const texts = read(language, 'errors.json')
    if (!isObject(texts)) throw new Error('errors.json is not an object')
    expect(Object.keys(texts).toSorted()).toEqual([...errorCodes].toSorted())
    for (const code of errorCodes) {
      const text = texts[code]
      if (!isObject(text)) throw new Error(`${code} has no text`)
      for (const part of parts) {
        const wordings: unknown[] = [text[part]].flat()
        // The last wording is read when no detail is known, so it may name none.
        expect([code, part, typeof wordings.at(-1), variables(String(wordings.at(-1)))]).toEqual([
          code,
          part,
          'string',
          [],
        ])
      }
    }
  })
})
