import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonObject } from '@contract/values'
import { parameterNames, wireParameters, type WireInput } from '@main/providers/kit/parameters'
import { definitionOf } from '@test/helpers/connect'

const wire = (slug: string, more: Partial<WireInput>) => {
  const { parameters, dropped } = wireParameters({
    definition: definitionOf(slug),
    kind: 'chat',
    samplers: {},
    settings: {},
    custom: {},
    supportedParameters: null,
    ...more,
  })
  return { parameters, dropped }
}

describe('parameters on the wire', () => {
  it.each(['openrouter', 'openai', 'ollama', 'demo', 'openai-compatible'])(
    'of %s are none when none is set',
    (slug) => {
      expect(wire(slug, {})).toEqual({ parameters: {}, dropped: [] })
    }
  )

  it('stand where the provider wants them', () => {
    const samplers = { temperature: 0, max_tokens: 10, reasoning_effort: 'low', stop: [] }
    expect(wire('openrouter', { samplers }).parameters).toEqual({
      temperature: 0,
      max_tokens: 10,
      reasoning: { effort: 'low' },
      stop: [],
    })
    expect(wire('openai', { samplers }).parameters).toEqual({
      temperature: 0,
      max_completion_tokens: 10,
      reasoning_effort: 'low',
      stop: [],
    })
  })

  it('share an object where their paths do', () => {
    const settings = { order: ['a'], allow_fallbacks: false, max_price_prompt: 1, max_price_completion: 2 }
    expect(wire('openrouter', { settings }).parameters).toEqual({
      provider: { order: ['a'], allow_fallbacks: false, max_price: { prompt: 1, completion: 2 } },
    })
  })

  it('are dropped by name when the model does not take them', () => {
    const samplers = { temperature: 1, top_k: 40, reasoning_effort: 'high', top_a: 0.1 }
    expect(wire('openrouter', { samplers, supportedParameters: ['temperature', 'reasoning'] })).toEqual({
      parameters: { temperature: 1, reasoning: { effort: 'high' } },
      dropped: ['top_k', 'top_a'],
    })
  })

  it('of the provider are not held against what the model takes, unless they name it', () => {
    const settings = { order: ['a'], reasoning_max_tokens: 100 }
    expect(wire('openrouter', { settings, supportedParameters: ['temperature'] })).toEqual({
      parameters: { provider: { order: ['a'] } },
      dropped: ['reasoning_max_tokens'],
    })
    expect(wire('ollama', { settings: { think: true, keep_alive: '5m' }, supportedParameters: ['seed'] })).toEqual({
      parameters: { keep_alive: '5m' },
      dropped: ['think'],
    })
  })

  it('that the provider has never heard of are dropped', () => {
    expect(wire('openai', { samplers: { top_k: 4, constructor: 1 } })).toEqual({
      parameters: {},
      dropped: ['top_k', 'constructor'],
    })
  })

  it('of an embedding have no batch size and no prefixes in them, and nothing meant for chat', () => {
    const samplers = { dimensions: 256, batch_size: 8, document_prefix: 'passage: ', query_prefix: 'query: ' }
    const settings = { zdr: true, models: ['x'] }
    expect(wire('openrouter', { kind: 'embedding', samplers, settings, supportedParameters: ['dimensions'] })).toEqual({
      parameters: { dimensions: 256, provider: { zdr: true } },
      dropped: ['models'],
    })
  })

  it('that the user makes up come last, into the same objects', () => {
    const custom = { temperature: 5, provider: { sort: 'price' }, new_thing: { deep: [1] } }
    expect(wire('openrouter', { samplers: { temperature: 1 }, settings: { zdr: true }, custom }).parameters).toEqual({
      temperature: 5,
      provider: { zdr: true, sort: 'price' },
      new_thing: { deep: [1] },
    })
  })

  it('do not change what an object is', () => {
    const custom = JsonObject.parse(
      JSON.parse('{"constructor":{"prototype":{"hit":1}},"a":{"__proto__":{"hit":1}},"__proto__":{"hit":1}}')
    )
    const { parameters } = wire('openai', { custom })
    expect(Object.getPrototypeOf(parameters)).toBe(Object.prototype)
    expect(Reflect.get({}, 'hit')).toBeUndefined()
    expect(JSON.stringify(parameters)).not.toContain('__proto__')
  })

  it('leave what the user set as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (values) => {
        const custom = JsonObject.parse(JSON.parse(JSON.stringify(values)))
        const before = JSON.stringify(custom)
        const settings = { order: ['a'], max_price_prompt: 1 }
        wire('openrouter', { custom: { ...custom, provider: { only: ['b'] } }, settings })
        expect([JSON.stringify(custom), settings]).toEqual([before, { order: ['a'], max_price_prompt: 1 }])
      })
    )
  })

  it('have the names that a model’s list uses', () => {
    expect(parameterNames(definitionOf('openrouter'), 'chat')).toContain('reasoning')
    expect(parameterNames(definitionOf('openrouter'), 'embedding')).toEqual(['dimensions'])
  })
})
