import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '@contract/values'
import { providerDefinitions } from '@main/providers/definitions'
import { wireParameters } from '@main/providers/kit/parameters'
import { protocolFor } from '@main/providers/registry'
import { collect, connectTo, definitionOf, textOf } from '@test/helpers/connect'
import { startFakeAnthropic } from '@test/helpers/fake-anthropic'
import { startFakeOllama } from '@test/helpers/fake-ollama'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { FAKE_STORY } from '@test/helpers/fake-text'

interface Case {
  slug: string
  start: () => Promise<{ url: string; chats(): unknown[]; stop(): Promise<void> }>
  model: string
  samplers: JsonObject
  settings: JsonObject
  /** What the model takes, when its provider tells; else what the definition says of it. */
  supported?: readonly string[]
  /** Everything in the body but the model, the messages and the wish to stream. */
  sent: JsonObject
  dropped: string[]
  /** The model on the wire, where it is not what was chosen. */
  wireModel?: string
}

/** Samplers of every kind, as a preset keeps them when its writer changes the provider. */
const everything: JsonObject = {
  temperature: 0.7,
  max_tokens: 300,
  top_p: 0.9,
  top_k: 40,
  min_p: 0.05,
  top_a: 0.1,
  typical_p: 0.95,
  frequency_penalty: 0.2,
  presence_penalty: 0.1,
  repetition_penalty: 1.1,
  seed: 7,
  stop: ['END'],
  logit_bias: { '50256': -100 },
  reasoning_effort: 'low',
  verbosity: 'high',
  num_ctx: 8192,
}

const usage = { stream_options: { include_usage: true } }

const cases: readonly Case[] = [
  {
    slug: 'openrouter',
    start: startFakeOpenAi,
    model: 'maker/novelist',
    samplers: everything,
    settings: { order: ['a'], zdr: true, reasoning_max_tokens: 200 },
    supported: ['temperature', 'max_tokens', 'top_a', 'stop', 'verbosity'],
    sent: {
      ...usage,
      temperature: 0.7,
      max_tokens: 300,
      top_a: 0.1,
      stop: ['END'],
      verbosity: 'high',
      provider: { order: ['a'], zdr: true },
    },
    dropped: [
      'top_p',
      'top_k',
      'min_p',
      'typical_p',
      'frequency_penalty',
      'presence_penalty',
      'repetition_penalty',
      'seed',
      'logit_bias',
      'reasoning_effort',
      'num_ctx',
      'reasoning_max_tokens',
    ],
  },
  {
    slug: 'openai',
    start: startFakeOpenAi,
    model: 'gpt-5.1',
    samplers: everything,
    settings: { service_tier: 'flex' },
    sent: {
      ...usage,
      max_completion_tokens: 300,
      seed: 7,
      reasoning_effort: 'low',
      verbosity: 'high',
      service_tier: 'flex',
    },
    dropped: [
      'temperature',
      'top_p',
      'top_k',
      'min_p',
      'top_a',
      'typical_p',
      'frequency_penalty',
      'presence_penalty',
      'repetition_penalty',
      'stop',
      'logit_bias',
      'num_ctx',
    ],
  },
  {
    slug: 'openai-compatible',
    start: startFakeOpenAi,
    model: 'local',
    samplers: everything,
    settings: {},
    sent: {
      ...usage,
      temperature: 0.7,
      max_tokens: 300,
      top_p: 0.9,
      top_k: 40,
      min_p: 0.05,
      typical_p: 0.95,
      frequency_penalty: 0.2,
      presence_penalty: 0.1,
      repetition_penalty: 1.1,
      seed: 7,
      stop: ['END'],
      logit_bias: { '50256': -100 },
      reasoning_effort: 'low',
      verbosity: 'high',
    },
    dropped: ['top_a', 'num_ctx'],
  },
  {
    slug: 'ollama',
    start: startFakeOllama,
    model: 'llama-test:8b',
    samplers: everything,
    settings: { keep_alive: '5m', think: true },
    sent: {
      options: {
        temperature: 0.7,
        num_predict: 300,
        top_p: 0.9,
        top_k: 40,
        min_p: 0.05,
        typical_p: 0.95,
        frequency_penalty: 0.2,
        presence_penalty: 0.1,
        repeat_penalty: 1.1,
        seed: 7,
        stop: ['END'],
        num_ctx: 8192,
      },
      keep_alive: '5m',
      think: true,
    },
    dropped: ['top_a', 'logit_bias', 'reasoning_effort', 'verbosity'],
  },
  {
    slug: 'anthropic',
    start: startFakeAnthropic,
    model: 'claude-sonnet-4-5',
    samplers: everything,
    settings: { service_tier: 'auto', thinking_display: 'omitted' },
    sent: {
      temperature: 0.7,
      max_tokens: 300,
      top_p: 0.9,
      top_k: 40,
      stop_sequences: ['END'],
      service_tier: 'auto',
    },
    dropped: [
      'min_p',
      'top_a',
      'typical_p',
      'frequency_penalty',
      'presence_penalty',
      'repetition_penalty',
      'seed',
      'logit_bias',
      'reasoning_effort',
      'verbosity',
      'num_ctx',
      'thinking_display',
    ],
  },
  {
    slug: 'anthropic',
    start: startFakeAnthropic,
    model: 'claude-opus-5',
    samplers: everything,
    settings: { thinking: 'adaptive', thinking_display: 'summarized', thinking_budget: 2048 },
    sent: {
      max_tokens: 300,
      stop_sequences: ['END'],
      output_config: { effort: 'low' },
      thinking: { type: 'adaptive', display: 'summarized' },
    },
    dropped: [
      'temperature',
      'top_p',
      'top_k',
      'min_p',
      'top_a',
      'typical_p',
      'frequency_penalty',
      'presence_penalty',
      'repetition_penalty',
      'seed',
      'logit_bias',
      'verbosity',
      'num_ctx',
      'thinking_budget',
    ],
  },
  {
    slug: 'gemini',
    start: () => startFakeOpenAi({ flavour: 'gemini' }),
    model: 'models/gemini-2.5-flash',
    samplers: everything,
    settings: { thinking_budget: 512 },
    sent: {
      ...usage,
      temperature: 0.7,
      max_tokens: 300,
      top_p: 0.9,
      stop: ['END'],
      reasoning_effort: 'low',
      extra_body: { google: { thinking_config: { thinking_budget: 512 } } },
    },
    dropped: [
      'top_k',
      'min_p',
      'top_a',
      'typical_p',
      'frequency_penalty',
      'presence_penalty',
      'repetition_penalty',
      'seed',
      'logit_bias',
      'verbosity',
      'num_ctx',
    ],
  },
  {
    slug: 'yandex',
    start: () => startFakeOpenAi({ flavour: 'yandex' }),
    model: 'yandexgpt/latest',
    samplers: everything,
    settings: { folder_id: 'b1gfolder', data_logging: false },
    sent: { temperature: 0.7, max_tokens: 300 },
    dropped: [
      'top_p',
      'top_k',
      'min_p',
      'top_a',
      'typical_p',
      'frequency_penalty',
      'presence_penalty',
      'repetition_penalty',
      'seed',
      'stop',
      'logit_bias',
      'reasoning_effort',
      'verbosity',
      'num_ctx',
    ],
    wireModel: 'gpt://b1gfolder/yandexgpt/latest',
  },
]

/** What each provider requires, and what Fabula adds so that usage is told. */
const sentAlways: Readonly<Record<string, JsonObject>> = { anthropic: { max_tokens: 4096 }, ollama: {}, yandex: {} }

let running: { stop(): Promise<void> } | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

/** Sends one chat with these settings, the whole way, and gives back the body that arrived. */
async function bodyOf(one: Case, samplers: JsonObject, settings: JsonObject) {
  const fake = await one.start()
  running = fake
  const definition = definitionOf(one.slug)
  const rule = definition.modelParameters.find(({ pattern }) => new RegExp(pattern, 'i').test(one.model))
  const { parameters, dropped } = wireParameters({
    definition,
    kind: 'chat',
    samplers,
    settings,
    custom: {},
    supportedParameters: one.supported ?? rule?.parameters ?? null,
  })
  const protocol = await protocolFor(definition.protocol)
  const events = await collect(
    protocol.chat(connectTo(one.slug, fake.url, { settings: one.settings }), {
      model: one.model,
      messages: [{ role: 'user', content: 'Go on.' }],
      parameters,
      signal: new AbortController().signal,
    })
  )
  expect(textOf(events)).toBe(FAKE_STORY.join(''))
  return { body: fake.chats()[0], dropped }
}

describe('on the wire', () => {
  it.each(cases)('$slug gets of $model exactly what is set and taken, and the rest is named', async (one) => {
    const { body, dropped } = await bodyOf(one, one.samplers, one.settings)
    expect(body).toEqual({
      ...one.sent,
      model: one.wireModel ?? one.model,
      messages: [{ role: 'user', content: 'Go on.' }],
      stream: true,
    })
    expect(dropped).toEqual(one.dropped)
  })

  it.each(cases)('$slug gets nothing for $model that was not set, but what it requires', async (one) => {
    const { body, dropped } = await bodyOf(one, {}, {})
    expect(body).toEqual({
      ...(sentAlways[one.slug] ?? usage),
      model: one.wireModel ?? one.model,
      messages: [{ role: 'user', content: 'Go on.' }],
      stream: true,
    })
    expect(dropped).toEqual([])
  })

  it('has a case for every provider that chats over the network', () => {
    const networked = providerDefinitions.filter(({ slug, kinds }) => kinds.includes('chat') && slug !== 'demo')
    const told = new Set(cases.map(({ slug }) => slug))
    expect(networked.map(({ slug }) => slug).filter((slug) => !told.has(slug))).toEqual([])
  })
})
