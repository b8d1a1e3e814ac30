import { describe, expect, it } from 'vitest'
import { choiceKey } from '@renderer/domain/model-picker/model-choice'
import { indexModels } from '@renderer/domain/model-picker/model-index'
import { noFilter, type ModelFilter } from '@renderer/domain/model-picker/model-filter'
import { nextChoice, pickerRows } from '@renderer/domain/model-picker/picker-rows'
import { searchModels, type ModelQuery } from '@renderer/domain/model-picker/search-models'
import { localModel, model, provider, server } from './catalogue'

const router = provider(1, 'openrouter')
const ollama = provider(3, 'ollama', { local: true })
const home = server(1, 'home')
const attic = server(2, 'attic', { available: false })

const models = [
  model(router, 'anthropic/claude-sonnet-4.5', { name: 'Anthropic: Claude Sonnet 4.5' }),
  model(router, 'anthropic/claude-haiku', { name: 'Anthropic: Claude Haiku' }),
  model(router, 'nous/hermes-claude-distill', { name: 'Nous: Hermes distilled', available: false }),
  model(router, 'embed/small', { kind: 'embedding' }),
  localModel(ollama, attic, 'qwen3:8b'),
  localModel(ollama, home, 'qwen3:8b'),
  localModel(ollama, home, 'llama3.2:3b'),
]
const index = indexModels(models, [router, ollama], [attic, home])
const search = (part: Partial<ModelQuery>) =>
  searchModels(index, { text: '', kind: 'chat', filter: noFilter, recent: [], ...part })
const names = (part: Partial<ModelQuery>) =>
  search(part).flatMap(({ entries }) => entries.map((entry) => entry.model.model))

describe('the search over models', () => {
  it('puts local servers first, those that answer before the others, then providers', () => {
    expect(search({}).map(({ id }) => id)).toEqual([ollama.id, home.id, attic.id, router.id])
  })

  it('offers a model of several servers once more without a server, so that each call finds the best one', () => {
    const [anywhere] = search({})
    expect(anywhere?.entries.map(({ choice, server, trouble }) => ({ choice, server, trouble }))).toEqual([
      { choice: { providerId: ollama.id, model: 'qwen3:8b' }, server: null, trouble: null },
    ])
  })

  it('wants every word, in whatever place and order', () => {
    expect(names({ text: 'sonnet anthropic' })).toEqual(['anthropic/claude-sonnet-4.5'])
    expect(names({ text: 'openrouter HAIKU' })).toEqual(['anthropic/claude-haiku'])
    expect(names({ text: 'attic qwen' })).toEqual(['qwen3:8b'])
    expect(names({ text: 'claude llama' })).toEqual([])
  })

  it('ranks a word in the name before one only in the id', () => {
    expect(names({ text: 'claude' }).at(-1)).toBe('nous/hermes-claude-distill')
  })

  it('keeps kinds, providers and local models apart', () => {
    expect(names({ kind: 'embedding' })).toEqual(['embed/small'])
    expect(names({ filter: { ...noFilter, providerId: ollama.id } })).toHaveLength(4)
    expect(names({ filter: { ...noFilter, localOnly: true } })).toEqual([
      'qwen3:8b',
      'llama3.2:3b',
      'qwen3:8b',
      'qwen3:8b',
    ])
  })

  it('shows models used lately on top, the last one first, and forgets those that are gone', () => {
    const recent = models.slice(0, 2).map((each) => choiceKey({ providerId: each.providerId, model: each.model }))
    const [group] = search({ recent: [...recent, 'gone'] })
    expect(group?.id).toBe('recent')
    expect(group?.entries.map((entry) => entry.model.model)).toEqual([
      'anthropic/claude-sonnet-4.5',
      'anthropic/claude-haiku',
    ])
  })

  it('says what may not answer', () => {
    const trouble = Object.fromEntries(index.map((entry) => [entry.model.id, entry.trouble]))
    expect(trouble['ollama/attic/qwen3:8b']).toBe('serverDown')
    expect(trouble['ollama/home/qwen3:8b']).toBeNull()
    expect(trouble['openrouter/nous/hermes-claude-distill']).toBe('unlisted')
  })
})

describe('the filters of the picker', () => {
  const fine = { capabilities: ['text', 'tools', 'thinking'], contextLength: 128_000 }
  const offered = indexModels(
    [
      model(router, 'dear', { ...fine, price: { input: 3, output: 15 } }),
      model(router, 'cheap', { capabilities: ['text', 'image'], price: { input: 0.2, output: 1 } }),
      model(router, 'free', { price: { input: 0, output: 0 }, contextLength: 8_192 }),
      model(router, 'mystery', { price: null, contextLength: null }),
      model(router, 'switched-off', { ...fine, enabled: false, price: { input: 0, output: 0 } }),
      localModel(ollama, home, 'here', { capabilities: ['text', 'tools'] }),
    ],
    [router, ollama],
    [home]
  )
  const left = (part: Partial<ModelFilter>) =>
    searchModels(offered, { text: '', kind: 'chat', filter: { ...noFilter, ...part }, recent: [] })
      .flatMap(({ entries }) => entries.map((entry) => entry.model.model))
      .toSorted()

  it('never offer what is switched off, not even when its name is typed', () => {
    expect(left({})).toEqual(['cheap', 'dear', 'free', 'here', 'mystery'])
    const rows = pickerRows([], 'switched-off', [router, ollama], offered)
    expect(rows.filter((row) => row.type === 'typed').map(({ provider }) => provider.id)).toEqual([ollama.id])
    expect(offered.find((entry) => entry.model.model === 'switched-off')?.trouble).toBe('disabled')
  })

  it('take a price as a promise: local models cost nothing, and an untold price is under none', () => {
    expect(left({ ceiling: 0 })).toEqual(['free', 'here'])
    expect(left({ ceiling: 1 })).toEqual(['cheap', 'free', 'here'])
    expect(left({ ceiling: 15 })).toEqual(['cheap', 'dear', 'free', 'here'])
  })

  it('want all abilities, and a context that is known to be long enough', () => {
    expect(left({ abilities: ['tools'] })).toEqual(['dear', 'here'])
    expect(left({ abilities: ['tools', 'thinking'] })).toEqual(['dear'])
    expect(left({ leastContext: 8_000 })).toEqual(['cheap', 'dear', 'free', 'here'])
    expect(left({ leastContext: 128_000 })).toEqual(['cheap', 'dear'])
  })
})

describe('the lines of the picker', () => {
  it('offers what was typed at every provider that does not list it', () => {
    const rows = pickerRows(search({ text: 'qwen3:8b' }), 'qwen3:8b', [router, ollama], index)
    expect(rows.filter((row) => row.type === 'typed').map((row) => row.choice)).toEqual([
      { providerId: router.id, model: 'qwen3:8b' },
    ])
    expect(pickerRows(search({}), '  ', [router], index).some((row) => row.type === 'typed')).toBe(false)
  })

  it('steps over headings and stops at both ends', () => {
    const rows = pickerRows(search({}), '', [], index)
    const first = nextChoice(rows, -1, 1)
    expect(first).toBe(1)
    expect(nextChoice(rows, first, -1)).toBe(first)
    const last = nextChoice(rows, rows.length, -1)
    expect(nextChoice(rows, last, 1)).toBe(last)
    expect(nextChoice(rows, first, 1, 1000)).toBe(last)
  })
})
