import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportPlan } from '@contract/routes/files'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'
import { first } from '@test/integration/files/configuration'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const chat = {
  chat_completion_source: 'openrouter',
  openrouter_model: 'anthropic/claude-sonnet-4.5',
  openai_model: 'gpt-4o',
  temperature: 0.9,
  frequency_penalty: 0.2,
  presence_penalty: 0,
  top_p: 0.95,
  top_k: 40,
  top_a: 0,
  min_p: 0.05,
  repetition_penalty: 1.1,
  openai_max_context: 32_000,
  openai_max_tokens: 600,
  seed: -1,
  n: 1,
  reasoning_effort: 'min',
  verbosity: 'auto',
  stream_openai: true,
  impersonation_prompt: 'Write as {{user}}.',
  wi_format: '{0}',
  assistant_prefill: '',
  prompts: [{ name: 'Main', identifier: 'main', role: 'system', content: 'Пиши роман. '.repeat(100) }],
  prompt_order: [{ character_id: 100_000, order: [{ identifier: 'main', enabled: true }] }],
  proxy_password: 'hunter2',
  custom_include_headers: 'Authorization: Bearer sk-very-secret-000000',
}

const text = {
  temp: 1.2,
  temperature_last: true,
  top_p: 0.9,
  top_k: 50,
  top_a: 0.1,
  tfs: 0.97,
  typical_p: 0.98,
  min_p: 0.02,
  rep_pen: 1.05,
  rep_pen_range: 2048,
  freq_pen: 0.1,
  presence_pen: 0.3,
  mirostat_mode: 2,
  mirostat_tau: 5,
  dry_multiplier: 0.8,
  xtc_probability: 0.5,
  sampler_order: [6, 5, 0, 1, 3, 4, 2],
  logit_bias: [],
  negative_prompt: 'No modern words.',
  genamt: 350,
  max_length: 8192,
  seed: 77,
}

const file = (content: object, fileName: string) => ({ text: JSON.stringify(content), fileName })
const byReason = ({ losses }: ImportPlan, reason: string) =>
  losses.filter((loss) => loss.reason === reason).map(({ field }) => field)

async function mainOf(app: TestCore, name: string) {
  const summary = (await app.ask('presets.list', {})).find((one) => one.name === name)
  if (!summary) throw new Error(`There is no preset ${name}`)
  const { roles } = await app.ask('presets.get', { id: summary.id })
  const [main] = Object.entries(roles).filter(([id]) => id === 'main')
  return main?.[1].settings
}

describe('a chat-completion preset of SillyTavern', () => {
  it('brings its model and its samplers to main, and says what it loses and why', async () => {
    const given = file(chat, 'Marinara’s Spaghetti.json')
    const plan = await app.ask('files.preview', given)
    expect(plan).toMatchObject({ format: 'sillytavern-chat', needsModel: false, missing: [] })
    expect(plan.items).toMatchObject([
      {
        key: 'preset:Marinara’s Spaghetti',
        kind: 'preset',
        name: 'Marinara’s Spaghetti',
        conflict: null,
        models: [{ role: 'main', provider: 'OpenRouter', model: 'anthropic/claude-sonnet-4.5' }],
      },
    ])
    expect(byReason(plan, 'prompt')).toEqual(['impersonation_prompt', 'wi_format'])
    expect(byReason(plan, 'unsupported')).toEqual([
      'openai_model',
      'openai_max_context',
      'stream_openai',
      'proxy_password',
      'custom_include_headers',
    ])
    expect(byReason(plan, 'invalid')).toEqual([])

    await app.ask('files.import', { files: [given] })
    const openrouter = await providerOf(app, 'openrouter')
    expect(await mainOf(app, 'Marinara’s Spaghetti')).toEqual({
      providerId: openrouter.id,
      model: 'anthropic/claude-sonnet-4.5',
      samplers: {
        temperature: 0.9,
        frequency_penalty: 0.2,
        presence_penalty: 0,
        top_p: 0.95,
        top_k: 40,
        top_a: 0,
        min_p: 0.05,
        repetition_penalty: 1.1,
        max_tokens: 600,
        reasoning_effort: 'minimal',
      },
    })
  })

  it('names every field: it came over, says nothing, or is called lost', async () => {
    const plan = await app.ask('files.preview', file(chat, 'x.json'))
    const carried = 10 + ['chat_completion_source', 'openrouter_model', 'prompts', 'prompt_order'].length
    const silent = ['seed', 'verbosity', 'assistant_prefill', 'n'].length
    expect(plan.losses).toHaveLength(Object.keys(chat).length - carried - silent)
  })

  it('shows lost values short, and passwords not at all', async () => {
    const { losses } = await app.ask('files.preview', file(chat, 'x.json'))
    const shown = JSON.stringify(losses)
    expect(shown).not.toContain('hunter2')
    expect(shown).not.toContain('very-secret')
    expect(losses.every(({ value }) => value.length <= 200)).toBe(true)
  })

  it('fits itself to another model that the user chooses, and refuses what that one cannot take', async () => {
    const ollama = await providerOf(app, 'ollama')
    const model = { providerId: ollama.id, model: 'llama' }
    const given = file({ ...chat, temperature: 7 }, 'x.json')
    const plan = await app.ask('files.preview', { ...given, model })
    expect(byReason(plan, 'invalid')).toEqual(['temperature'])
    expect(byReason(plan, 'unsupported')).toContain('reasoning_effort')
    await app.ask('files.import', { files: [given], choices: { model } })
    expect(await mainOf(app, 'x')).toMatchObject({
      providerId: ollama.id,
      model: 'llama',
      samplers: { num_ctx: 32_000, max_tokens: 600, top_k: 40 },
    })
  })

  it('finds a provider of the user’s own by its address', async () => {
    const own = await app.ask('providers.create', {
      name: 'Tabby',
      baseUrl: 'http://127.0.0.1:5000/v1',
      keyRequired: false,
    })
    const custom = {
      chat_completion_source: 'custom',
      custom_url: 'http://127.0.0.1:5000/v1/',
      custom_model: 'mistral',
      temperature: 0.5,
    }
    const plan = await app.ask('files.preview', file(custom, 'x.json'))
    expect(plan).toMatchObject({ needsModel: false, losses: [] })
    await app.ask('files.import', { files: [file(custom, 'x.json')] })
    expect(await mainOf(app, 'x')).toEqual({ providerId: own.id, model: 'mistral', samplers: { temperature: 0.5 } })
  })

  it.each([
    ['a source that is not here', { ...chat, chat_completion_source: 'cohere', cohere_model: 'command' }],
    ['no source', { openai_max_tokens: 300, temperature: 1 }],
    ['a model that its site chooses', { ...chat, openrouter_model: 'OR_Website' }],
  ])('asks for a model when it names %s, and comes in with none', async (_, content) => {
    const given = file(content, 'x.json')
    expect(await app.ask('files.preview', given)).toMatchObject({ needsModel: true })
    expect(await app.refusal('files.import', { files: [given], choices: {} })).toMatchObject({
      code: 'bad_input',
      details: { path: 'choices.model' },
    })
    expect(await app.ask('presets.list', {})).toEqual([])
  })
})

describe('a text-completion preset of SillyTavern', () => {
  it('comes over to Ollama under the names that are used here', async () => {
    const ollama = await providerOf(app, 'ollama')
    const model = { providerId: ollama.id, model: 'llama' }
    const given = file(text, 'Big O.json')
    expect(await app.ask('files.preview', given)).toMatchObject({ format: 'sillytavern-text', needsModel: true })
    const plan = await app.ask('files.preview', { ...given, model })
    await app.ask('files.import', { files: [given], choices: { model } })
    const settings = await mainOf(app, 'Big O')
    expect(settings?.samplers).toEqual({
      temperature: 1.2,
      top_p: 0.9,
      top_k: 50,
      typical_p: 0.98,
      min_p: 0.02,
      repetition_penalty: 1.05,
      repeat_last_n: 2048,
      frequency_penalty: 0.1,
      presence_penalty: 0.3,
      max_tokens: 350,
      num_ctx: 8192,
      seed: 77,
    })
    expect(byReason(plan, 'prompt')).toEqual(['negative_prompt'])
    expect(plan.losses.map(({ field, value }) => [field, value])).toContainEqual(['sampler_order', '[6,5,0,1,3,4,2]'])
    expect(byReason(plan, 'unsupported')).toEqual([
      'temperature_last',
      'top_a',
      'tfs',
      'mirostat_mode',
      'mirostat_tau',
      'dry_multiplier',
      'xtc_probability',
      'sampler_order',
    ])
  })

  it('is found inside a combined export, whose context template becomes the prompt', async () => {
    const combined = { instruct: { name: 'ChatML' }, context: { story_string: '…' }, preset: text }
    const plan = await app.ask('files.preview', file(combined, 'Master.json'))
    expect(plan.format).toBe('sillytavern-text')
    expect(byReason(plan, 'prompt')).toEqual(['negative_prompt', 'instruct'])
  })

  it('is told from a file that only looks a little like one', async () => {
    for (const content of [{ temp: 20, city: 'Oslo' }, { top_k: 5 }, { preset: {} }, { preset: { preset: text } }])
      expect(await app.refusal('files.preview', file(content, 'x'))).toMatchObject({ code: 'file_not_fabula' })
  })
})

describe('the name of a foreign preset', () => {
  it.each([
    ['C:\\Users\\me\\Dark Fantasy.preset.json', 'Dark Fantasy'],
    ['/home/me/тьма.settings', 'тьма'],
    ['.json', 'SillyTavern text'],
    ['a\u0000b\ud800.json', 'a b'],
    [`${'ё'.repeat(200)}.json`, 'ё'.repeat(60)],
  ])('comes from its file: %j', async (fileName, name) => {
    const plan = await app.ask('files.preview', file(text, fileName))
    expect(first(plan.items).name).toBe(name)
  })

  it('does not overwrite one that is here', async () => {
    const model = { providerId: (await providerOf(app, 'demo')).id, model: 'demo-novelist' }
    await app.ask('presets.create', { name: 'big o' })
    const plan = await app.ask('files.preview', { ...file(text, 'Big O.json'), model })
    expect(first(plan.items).conflict).toBe('different')
    const report = await app.ask('files.import', { files: [file(text, 'Big O.json')], choices: { model } })
    expect(first(report.presets).name).toBe('Big O (2)')
  })
})
