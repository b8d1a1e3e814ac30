import { describe, expect, it } from 'vitest'
import { TemplateContent, type InputVariable } from '@contract/entities/template'
import { entryFields } from '@contract/entities/world'
import { isObject } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'
import { starters, type StarterWords } from '@main/features/templates/starters'
import { isClosed } from '@main/providers/kit/closed-schema'

const brought = starters.flatMap(({ key, words }) =>
  Object.entries(words).map(([language, said]): [string, StarterWords] => [`${key}.${language}`, said])
)
const schemaOf = ({ content: { answer } }: StarterWords): JsonObject | null =>
  answer.format === 'text' ? null : answer.schema

it('the starter set has what a writer looks for', () => {
  expect(starters.map(({ key, group }) => `${group}: ${key}`).toSorted()).toEqual([
    'page: blurb',
    'page: chapter-plan',
    'page: chapter-summary',
    'page: critique',
    'page: dialogue',
    'page: scene-beat',
    'page: synopsis',
    'world: character',
    'world: location',
    'world: lore-entry',
    'world: names',
  ])
})

describe.each(starters)('$key', ({ words: { en, ru } }) => {
  it('asks for the same things in both languages', () => {
    const told = ({ content }: StarterWords) =>
      content.variables.map((variable) => ({ ...variable, ...inOneLanguage, options: sizeOf(variable) }))
    expect(told(ru)).toEqual(told(en))
    expect(ru.content.becomes).toEqual(en.content.becomes)
    expect(namesIn(schemaOf(ru))).toEqual(namesIn(schemaOf(en)))
  })
})

/** What differs between languages: words. */
const inOneLanguage = { label: '', help: '', sample: null, default: null }
const sizeOf = (variable: InputVariable) => ('options' in variable ? variable.options.length : null)
/** A schema without its words. */
const namesIn = (schema: JsonValue): JsonValue => {
  if (Array.isArray(schema)) return schema.map(namesIn)
  if (!isObject(schema)) return schema
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) =>
      typeof value === 'string' && (key === 'title' || key === 'description') ? [] : [[key, namesIn(value)]]
    )
  )
}

describe.each(brought)('%s', (_key, said) => {
  const { content, name, description } = said
  const schema = schemaOf(said)

  it('says what it is, and asks for everything by a label', () => {
    expect(TemplateContent.parse(content)).toEqual(content)
    expect([name, description, ...content.variables.map(({ label }) => label)]).not.toContain('')
    expect(content.variables.some(({ required }) => required) || content.user.includes('{% else %}')).toBe(true)
  })

  it('has defaults and samples that are among its options', () => {
    const beside = content.variables.flatMap((variable) => {
      if (!('options' in variable)) return []
      const named = [variable.default ?? [], variable.sample ?? []].flat()
      return named.filter((option) => !variable.options.includes(option))
    })
    expect(beside).toEqual([])
  })

  it('asks for an answer that every model with native structured output takes', () => {
    if (schema === null) return
    expect(isClosed(schema)).toBe(true)
    expect(schema['type']).toBe('object')
    expect(propertiesIn(schema).length).toBeGreaterThan(1)
    for (const property of propertiesIn(schema)) {
      expect(property).toMatchObject({ title: expect.stringMatching(/./), description: expect.stringMatching(/./) })
      expect(['string', 'array']).toContain(property['type'])
    }
  })

  it('becomes an entry whose fields it has', () => {
    const { becomes } = content
    if (becomes === null) return
    const fields = ['name', ...Object.keys(entryFields[becomes.kind].shape)]
    const answer = Object.keys(isObject(schema?.['properties']) ? schema['properties'] : {})
    expect(fields).toEqual(expect.arrayContaining(answer))
    expect(answer).toContain('name')
    for (const [field, key] of Object.entries(becomes.fields)) {
      expect(fields).toContain(field)
      expect(answer).toContain(key)
    }
  })
})

function propertiesIn(schema: JsonValue | undefined): JsonObject[] {
  if (!isObject(schema)) return []
  const own = isObject(schema['properties']) ? Object.values(schema['properties']).filter(isObject) : []
  return [...own, ...own.flatMap(propertiesIn), ...propertiesIn(schema['items'])]
}
