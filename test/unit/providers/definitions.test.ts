import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { JsonObject, LocalizedText, type JsonValue } from '@contract/values'
import {
  checkSettings,
  flavours,
  providerDefinitions,
  providerTemplate,
  readDefinition,
  readFlavour,
  withFlavour,
} from '@main/providers/definitions'
import { validateSettings } from '@contract/schema/validate-settings'
import { protocolFor, protocolIds } from '@main/providers/registry'
import { Flavour, ProviderDefinition } from '@main/providers/spec/definition'
import demo from '@resources/providers/demo.json'
import flavourSchema from '@resources/schemas/flavour.schema.json'
import providerSchema from '@resources/schemas/provider.schema.json'

const schemasOf = (definition: ProviderDefinition) =>
  [
    definition.samplerSchema,
    definition.settingsSchema,
    definition.embeddingSchema,
    ...Object.values(definition.media).map(({ settingsSchema }) => settingsSchema),
  ].filter((schema) => schema !== null)

const propertiesOf = (schema: JsonObject): [string, JsonObject][] =>
  Object.entries(z.record(z.string(), JsonObject).parse(schema['properties']))

const settings = [
  ...providerDefinitions.map((definition) => ({ of: definition.slug, schemas: schemasOf(definition) })),
  ...flavours().map(({ id, samplerSchema }) => ({ of: id, schemas: [samplerSchema] })),
].flatMap(({ of, schemas }) =>
  schemas.flatMap((schema) => propertiesOf(schema).map(([key, property]) => ({ name: `${of} ${key}`, key, property })))
)

describe('the providers that come with Fabula', () => {
  it('stand in a fixed order, with ids and names of their own', () => {
    expect(providerDefinitions.map((definition) => definition.slug)).toEqual([
      'openrouter',
      'openai',
      'ollama',
      'anthropic',
      'gemini',
      'yandex',
      'demo',
      'openai-compatible',
      'builtin',
      'yandex-speechkit',
      'koboldcpp-music',
      'suno',
      'pika',
    ])
    for (const field of ['id', 'slug', 'name'] as const) {
      const values = providerDefinitions.map((definition) => definition[field])
      expect(new Set(values).size).toBe(values.length)
    }
    expect(providerTemplate.slug).toBe('openai-compatible')
  })

  it.each(providerDefinitions.map((definition) => definition.protocol))(
    'speak a protocol that there is: %s',
    async (id) => {
      expect(protocolIds).toContain(id)
      expect((await protocolFor(id)).id).toBe(id)
    }
  )

  it('are refused a protocol that there is not, also one that every object has', async () => {
    await expect(protocolFor('constructor')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('have a published schema that is true', () => {
    // After a change to the spec: the text of this failure is the new file.
    const made = z.toJSONSchema(ProviderDefinition, { io: 'input', target: 'draft-2020-12' })
    expect(providerSchema).toEqual(JSON.parse(JSON.stringify({ ...made, title: 'A provider of Fabula' })))
  })

  it.each(providerDefinitions.map(({ slug }) => slug))('%s fits the published schema', (slug) => {
    const file = JsonObject.parse(JSON.parse(readFileSync(`resources/providers/${slug}.json`, 'utf8')))
    expect(validateSettings(JsonObject.parse(providerSchema), file)).toEqual([])
  })
})

describe('the flavours of OpenAI-compatible servers', () => {
  it('have a published schema that is true', () => {
    const made = z.toJSONSchema(Flavour, { io: 'input', target: 'draft-2020-12' })
    expect(flavourSchema).toEqual(
      JSON.parse(JSON.stringify({ ...made, title: 'A flavour of OpenAI-compatible servers' }))
    )
  })

  it.each(flavours().map(({ id }) => id))('%s fits it, and is named after its file', (id) => {
    const file = JsonObject.parse(JSON.parse(readFileSync(`resources/flavours/${id}.json`, 'utf8')))
    expect(validateSettings(JsonObject.parse(flavourSchema), file)).toEqual([])
    expect(file['id']).toBe(id)
  })

  it('are those that writers run', () => {
    expect(flavours().map(({ name }) => name)).toEqual(['KoboldCpp', 'llama.cpp', 'LM Studio', 'TabbyAPI', 'vLLM'])
  })

  it('know no default that nobody knows', () => {
    const defaults = (properties: [string, JsonObject][]) =>
      Object.fromEntries(properties.map(([key, property]) => [key, property['x-default']]))
    const of = (id: string) => defaults(propertiesOf(flavours().find((one) => one.id === id)?.samplerSchema ?? {}))
    expect(of('llama-cpp')).toMatchObject({ temperature: 0.8, top_k: 40, top_p: 0.95, min_p: 0.05 })
    expect(of('lm-studio')).toMatchObject({ temperature: null, top_k: null, repetition_penalty: null })
    expect(defaults(propertiesOf(providerTemplate.samplerSchema))).toMatchObject({ temperature: null, top_p: null })
  })

  it('are refused with a setting that is none', () => {
    const samplerSchema = { type: 'object', properties: { x: { type: 'number' } }, additionalProperties: false }
    const broken = readFlavour('broken.json', { ...flavours()[0], samplerSchema })
    expect(() => checkSettings(withFlavour(providerTemplate, broken))).toThrow(/x-name/)
    expect(() => readFlavour('broken.json', { ...flavours()[0], colour: 'red' })).toThrow(/colour/)
  })
})

describe('every setting', () => {
  // The app itself does not look at each one when it starts: this test is where a wrong one is loud.
  it.each([
    ...providerDefinitions.map((definition) => ({ of: definition.slug, definition })),
    ...flavours().map((flavour) => ({ of: flavour.id, definition: withFlavour(providerTemplate, flavour) })),
  ])('of $of is one that can be read and sent', ({ definition }) => {
    expect(() => checkSettings(definition)).not.toThrow()
  })

  it.each(settings)('$name has texts in both languages, one sentence long', ({ property }) => {
    for (const keyword of ['x-name', 'x-help']) {
      const text = LocalizedText.parse(property[keyword])
      expect(text.en.length).toBeGreaterThan(1)
      expect(text.ru.length).toBeGreaterThan(1)
    }
    const help = LocalizedText.parse(property['x-help'])
    expect(help.ru).toMatch(/[а-яё].*\.$/)
    expect(help.en).toMatch(/^[A-Z].*\.$/)
    expect(help.en).not.toBe(help.ru)
  })

  it.each(settings)('$name takes its own default and the ends of its slider', ({ key, property }) => {
    const schema: JsonObject = { type: 'object', properties: { [key]: property } }
    const values: JsonValue[] = []
    if (property['x-default'] !== undefined && property['x-default'] !== null) values.push(property['x-default'])
    if (Array.isArray(property['x-slider'])) values.push(...property['x-slider'])
    for (const value of values) expect(validateSettings(schema, { [key]: value })).toEqual([])
  })

  it.each(settings)('$name has a label for each of its choices, where they are words', ({ property }) => {
    const listed = z
      .array(z.union([z.string(), z.boolean(), z.number()]))
      .optional()
      .parse(property['enum'])
    const choices = (listed ?? []).filter((choice) => typeof choice !== 'number')
    const labels = z.record(z.string(), LocalizedText).optional().parse(property['x-labels']) ?? {}
    expect(Object.keys(labels).toSorted()).toEqual(
      choices.length === 0 ? Object.keys(labels).toSorted() : choices.map(String).toSorted()
    )
  })
})

describe('a provider file', () => {
  const broken = (change: Record<string, unknown>) => () =>
    checkSettings(readDefinition('broken.json', { ...demo, ...change }))

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a field that does not exist', { colour: 'red' }, /broken\.json.*colour/s],
    ['a wrong id', { id: '1' }, /broken\.json.*id/s],
    ['a pattern that is none', { modelKinds: [{ pattern: '(', kind: null }] }, /regular expression/],
    ['a header that carries a key', { headers: { Authorization: 'Bearer x' } }, /headers\.Authorization/],
    [
      'a reference to nothing',
      {
        samplerSchema: {
          type: 'object',
          properties: { x: { $ref: '../samplers.json#/$defs/none' } },
          additionalProperties: false,
        },
      },
      /"x" refers to/,
    ],
    [
      'a setting without texts',
      { settingsSchema: { type: 'object', properties: { x: { type: 'number' } }, additionalProperties: false } },
      /x-name/,
    ],
    [
      'a setting that its own schema never takes',
      {
        settingsSchema: JSON.parse(
          `{"type":"object","properties":{},"if":{},"then":{"properties":{"x":{}}},"additionalProperties":false}`
        ),
      },
      /"x" stands under a condition/,
    ],
    [
      'a schema that lets anything through',
      { settingsSchema: { type: 'object', properties: {} } },
      /additionalProperties/,
    ],
  ])('with %s is refused, saying what is wrong', (_name, change, message) => {
    expect(broken(change)).toThrow(message)
  })
})

describe('the guide to adding a provider', () => {
  const guide = readFileSync('docs/adding-a-provider.md', 'utf8')

  it('shows a file that works', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(guide) ?? []
    expect(readDefinition('lighthouse.json', JSON.parse(example)).slug).toBe('lighthouse')
  })

  it('explains every field', () => {
    const missing = Object.keys(ProviderDefinition.shape).filter((field) => !guide.includes(`\`${field}\``))
    expect(missing).toEqual([])
  })

  it('explains every keyword that a provider uses', () => {
    const used = new Set(
      settings.flatMap(({ property }) => Object.keys(property).filter((key) => key.startsWith('x-')))
    )
    expect([...used].filter((keyword) => !guide.includes(`\`${keyword}\``))).toEqual([])
  })
})
