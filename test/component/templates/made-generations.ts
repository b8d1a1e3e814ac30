import type { Generation, GenerationSummary, Try } from '@contract/entities/generation'
import { GenerationId } from '@contract/ids'
import { isObject, textOf } from '@contract/json'
import type { Handlers, InMemoryBridge } from '@test/component/in-memory-bridge'
import { idOf } from './made-templates'

export const generationId = (number: number): GenerationId =>
  GenerationId.parse(`01990000-0000-7000-8001-${String(number).padStart(12, '0')}`)

export const oneTry = (part: Partial<Try> = {}): Try => ({
  answer: '{"name":"Osric","age":58}',
  reasoning: '',
  problems: [],
  cut: false,
  provider: 'Demo',
  model: 'demo-1',
  tokenName: null,
  inputTokens: 1000,
  outputTokens: 204,
  cost: 0.009,
  firstTokenMs: 100,
  totalMs: 6200,
  error: null,
  ...part,
})

/** The first answer says the age in words; the second is as it should be. */
export const askedTwice = (): Try[] => [
  oneTry({
    answer: '{"name":"Osric","age":"late fifties"}',
    problems: [
      {
        path: '/age',
        keyword: 'type',
        expected: { types: ['integer'], got: 'string' },
        got: '"late fifties"',
        message: 'must be a whole number',
      },
    ],
  }),
  oneTry(),
]

export const generation = (number: number, part: Partial<Generation> = {}): Generation => ({
  id: generationId(number),
  templateId: idOf(1),
  templateName: 'Character',
  version: 4,
  storyId: null,
  batch: null,
  gatewayKey: null,
  state: 'complete',
  format: 'json',
  provider: 'Demo',
  model: 'demo-1',
  edited: false,
  favourite: false,
  inputTokens: 1000,
  outputTokens: 204,
  cost: 0.009,
  totalMs: 6200,
  createdAt: '2026-01-02T03:04:05.000Z',
  error: null,
  inputs: {},
  selection: '',
  asked: null,
  seed: 7,
  messages: [{ role: 'user', content: 'Make a character.' }],
  parameters: { temperature: 1 },
  schema: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } } },
  native: false,
  tries: [oneTry()],
  text: '{"name":"Osric","age":58}',
  value: { name: 'Osric', age: 58 },
  ...part,
})

const summaryOf = (one: Generation): GenerationSummary => {
  const { inputs: _inputs, selection: _selection, asked: _asked, seed: _seed, messages: _messages, ...rest } = one
  const { parameters: _parameters, schema: _schema, native: _native, text, value, tries, ...told } = rest
  const title = isObject(value) ? textOf(value['name'] ?? '') : ''
  return { ...told, title, excerpt: text.slice(0, 200), tries: tries.length }
}

/** Generations as main keeps them, without its database; nothing is generated unless `begin` is told of it. */
export function keptGenerations(first: readonly Generation[], begun?: Generation): Handlers {
  const kept = new Map(first.map((one) => [one.id, one]))
  const gone = new Map<GenerationId, Generation>()
  const put = (one: Generation) => {
    kept.set(one.id, one)
    return one
  }
  const found = (id: GenerationId) => kept.get(id) ?? gone.get(id) ?? generation(0)
  const move = (ids: readonly GenerationId[], from: typeof kept, to: typeof kept) => {
    for (const id of ids) {
      const one = from.get(id)
      if (one) to.set(id, one)
      from.delete(id)
    }
    return {}
  }
  return {
    'generations.lastInputs': () => null,
    'generations.list': ({ templateId, states, favourite, search, limit }) => {
      const all = [...kept.values()].filter(
        (one) =>
          (templateId === undefined || one.templateId === templateId) &&
          (states === undefined || states.includes(one.state)) &&
          (favourite === undefined || one.favourite === favourite) &&
          (search === undefined || one.text.toLowerCase().includes(search.toLowerCase()))
      )
      return { generations: all.slice(0, limit).map(summaryOf), hasMore: all.length > limit }
    },
    'generations.models': () => ['demo-1'],
    'generations.get': ({ id }) => found(id),
    'generations.start': () => put(begun ?? generation(90)),
    'generations.again': ({ id }) => put({ ...found(id), id: generationId(91 + kept.size) }),
    'generations.stop': ({ id }) => {
      put({ ...found(id), state: 'stopped' })
      return {}
    },
    'generations.edit': (input) =>
      put({
        ...found(input.id),
        edited: true,
        ...('text' in input ? { text: input.text } : { value: input.value, text: JSON.stringify(input.value) }),
      }),
    'generations.favourite': ({ id, favourite }) => {
      put({ ...found(id), favourite })
      return {}
    },
    'generations.delete': ({ ids }) => move(ids, kept, gone),
    'generations.restore': ({ ids }) => move(ids, gone, kept),
  }
}

/** A generation ends as main says it: first what is stored, then the event. */
export function endGeneration(bridge: InMemoryBridge, one: Generation): void {
  bridge.answer({ 'generations.get': () => one })
  bridge.emit({ name: 'generation.ended', payload: { id: one.id, state: one.state } })
}
