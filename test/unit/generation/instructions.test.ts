import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@contract/values'
import { instructions } from '@main/generation/instructions'
import { nativeSchema } from '@main/generation/native-schema'
import { isClosed } from '@main/providers/kit/closed-schema'

describe('what a model is told of the form of its answer', () => {
  it('is nothing for words', () => {
    expect(instructions({ format: 'text' })).toBe('')
  })

  it('is the schema, without what is not for models', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      'x-order': 1,
      properties: { 'x-ray': { type: 'string', 'x-name': 'X', description: 'what is seen' } },
      required: ['x-ray'],
    }
    expect(instructions({ format: 'json', schema })).toBe(
      'Answer with nothing but JSON: no words and no code fences around it. It must fit this JSON Schema:\n' +
        '{"type":"object","properties":{"x-ray":{"type":"string","description":"what is seen"}},"required":["x-ray"]}'
    )
    expect(instructions({ format: 'json', schema: null })).toMatch(/^Answer with nothing but JSON.*\.$/)
  })

  it('is the header and the columns of a table', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 2, maxLength: 40, description: 'first and last name' },
        age: { type: 'integer', minimum: 1, maximum: 99 },
        kind: { enum: ['hero', 'villain'] },
        'a, b': { type: ['array', 'null'] },
      },
      required: ['name', 'kind'],
    }
    const told = instructions({ format: 'csv', schema })
    expect(told.split('\n')).toEqual([
      'Answer with nothing but a CSV table: no words and no code fences around it. The first line is: name,age,kind,"a, b"',
      expect.stringContaining('double quotes'),
      'The columns:',
      '- name: text; its length from 2 to 40 characters; first and last name',
      '- age: whole number from 1 to 99; may be empty',
      '- kind: one of hero, villain',
      '- a, b: JSON list or empty; may be empty',
    ])
    expect(instructions({ format: 'csv', schema: null })).toContain('The first line names the columns.')
  })
})

const closed: JsonObject = {
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
  additionalProperties: false,
}
const openai = { protocol: 'openai-chat', answerSchema: 'listed' as const, local: false }
const ollama = { protocol: 'ollama', answerSchema: 'always' as const, local: true }
const listing = (...supportedParameters: string[]) => ({ supportedParameters, capabilities: ['text', 'structured'] })

describe('a model that its provider holds to a schema', () => {
  it.each([
    ['says so in its list', openai, listing('structured_outputs', 'response_format'), true],
    ['takes JSON of any form alone', openai, listing('response_format'), false],
    ['says nothing', openai, null, false],
    ['says nothing, of an API that always does', { ...openai, answerSchema: 'always' as const }, null, true],
    ['is on Ollama', ollama, null, true],
    ['is of Anthropic', { protocol: 'anthropic', answerSchema: 'always' as const, local: false }, null, true],
    [
      'is of a protocol that has none',
      { ...openai, protocol: 'builtin', answerSchema: 'always' as const },
      null,
      false,
    ],
  ])('%s', (_, provider, facts, held) => {
    expect(nativeSchema(provider, facts, closed) !== null).toBe(held)
  })

  const always = { ...openai, answerSchema: 'always' as const }

  it('is sent a closed schema as it is, and told nothing more', () => {
    expect(nativeSchema(always, null, closed)).toEqual({ schema: closed, tell: false })
  })

  it('is sent no keyword that the provider may refuse, but told of it; fields of such names stay', () => {
    const field = { type: 'string', pattern: '^a', minLength: 2, description: 'why', 'x-name': 'Why' }
    const schema: JsonObject = {
      ...closed,
      properties: { name: field, pattern: { oneOf: [{ type: 'null' }, { type: 'array', items: field, minItems: 2 }] } },
    }
    const native = nativeSchema(always, null, schema)
    const plain = { type: 'string', description: 'why' }
    expect(native).toEqual({
      schema: {
        ...closed,
        properties: { name: plain, pattern: { anyOf: [{ type: 'null' }, { type: 'array', items: plain }] } },
      },
      tell: true,
    })
    expect(isClosed(native?.schema ?? {})).toBe(false)
  })

  it('is told in words alone where the provider takes no such schema', () => {
    expect(nativeSchema(always, null, { type: 'array', items: closed })).toBeNull()
    expect(nativeSchema(always, null, { ...closed, properties: { name: { pattern: 'a' } } })).toBeNull()
    expect(nativeSchema(ollama, null, { type: 'array', items: closed })).not.toBeNull()
  })

  it('is told of the schema, too, where it runs here: a grammar shows it nothing', () => {
    const list = { type: 'array', items: { type: 'string' }, minItems: 5, maxItems: 500 }
    expect(nativeSchema(ollama, null, list)).toEqual({
      schema: { type: 'array', items: { type: 'string' }, minItems: 5 },
      tell: true,
    })
  })
})
