import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { roleEntries } from '@contract/entities/preset'
import type { ImportPlan } from '@contract/routes/files'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { openRouterRow } from '@test/helpers/openrouter-list'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'
import { first } from '@test/integration/files/configuration'

let app: TestCore
beforeEach(async () => {
  app = await startTestCore()
})
afterEach(() => app.close())

const file = (content: object, fileName = 'x.json') => ({ text: JSON.stringify(content), fileName })
const losses = (plan: ImportPlan) => plan.losses.map(({ field }) => field)

/** What a foreign preset comes to for a model: its plan, and the settings of main after the import. */
async function imported(content: object, model: { providerId: string; model: string }, fileName?: string) {
  const given = file(content, fileName)
  const plan = await app.ask('files.preview', { ...given, model })
  const report = await app.ask('files.import', { files: [given], choices: { model } })
  const preset = await app.ask('presets.get', { id: first(report.presets).id })
  return { plan, main: roleEntries(preset.roles).find(({ role }) => role === 'main')?.value.settings }
}
const onOllama = async () => ({ providerId: (await providerOf(app, 'ollama')).id, model: 'llama' })
const onOwnServer = async () => {
  const own = await app.ask('providers.create', { name: 'Own', baseUrl: 'http://127.0.0.1:9/v1', keyRequired: false })
  return { providerId: own.id, model: 'llama' }
}

/** All that changes nothing, as SillyTavern's own neutral preset has it. */
const neutral = {
  temp: 1,
  temperature_last: true,
  top_p: 1,
  top_k: 0,
  top_a: 0,
  tfs: 1,
  epsilon_cutoff: 0,
  eta_cutoff: 0,
  typical_p: 1,
  min_p: 0,
  rep_pen: 1,
  rep_pen_range: 0,
  rep_pen_decay: 0,
  rep_pen_slope: 1,
  no_repeat_ngram_size: 0,
  penalty_alpha: 0,
  num_beams: 1,
  length_penalty: 1,
  min_length: 0,
  encoder_rep_pen: 1,
  freq_pen: 0,
  presence_pen: 0,
  skew: 0,
  do_sample: true,
  early_stopping: false,
  dynatemp: false,
  min_temp: 0,
  max_temp: 2,
  dynatemp_exponent: 1,
  smoothing_factor: 0,
  smoothing_curve: 1,
  dry_allowed_length: 2,
  dry_multiplier: 0,
  dry_base: 1.75,
  dry_sequence_breakers: '["\\n", ":"]',
  dry_penalty_last_n: 0,
  add_bos_token: true,
  ban_eos_token: false,
  skip_special_tokens: true,
  mirostat_mode: 0,
  mirostat_tau: 5,
  mirostat_eta: 0.1,
  guidance_scale: 1,
  negative_prompt: '',
  json_schema: null,
  ignore_eos_token: false,
  spaces_between_special_tokens: true,
  speculative_ngram: false,
  sampler_order: [6, 0, 1, 3, 4, 2, 5],
  logit_bias: [],
  xtc_threshold: 0.1,
  xtc_probability: 0,
  nsigma: 0,
  min_keep: 0,
  rep_pen_size: 0,
}

describe('values that change nothing', () => {
  it('are no losses where there is no such setting, and come over where there is: unset would mean something else', async () => {
    const { plan, main } = await imported(neutral, await onOllama())
    expect(plan.losses).toEqual([])
    expect(main?.samplers).toMatchObject({ temperature: 1, top_k: 0, top_p: 1, typical_p: 1, repetition_penalty: 1 })
    expect(main?.custom).toBeUndefined()
  })

  it('make what hangs on them mean nothing, too, but only then', async () => {
    const ollama = await onOllama()
    const { plan } = await imported({ ...neutral, xtc_probability: 0.5, dynatemp: true, temp: 0.8 }, ollama)
    expect(losses(plan)).toEqual([
      'temperature_last',
      'dynatemp',
      'min_temp',
      'max_temp',
      'dynatemp_exponent',
      'xtc_threshold',
      'xtc_probability',
    ])
  })
})

describe('the window of the repetition penalty', () => {
  it.each([
    [0, -1],
    [512, 512],
  ])('is the whole context in SillyTavern where it is 0: %i becomes %i in Ollama', async (range, window) => {
    const { main } = await imported({ temp: 0.9, rep_pen: 1.1, rep_pen_range: range }, await onOllama())
    expect(main?.samplers).toEqual({ temperature: 0.9, repetition_penalty: 1.1, repeat_last_n: window })
  })
})

describe('a preset of NovelAI', () => {
  const parameters = {
    order: [2, 3, 0, 4, 1],
    temperature: 1.35,
    max_length: 150,
    min_length: 1,
    top_k: 15,
    top_p: 0.85,
    top_a: 0.1,
    tail_free_sampling: 0.915,
    repetition_penalty: 1.4,
    repetition_penalty_range: 0,
    repetition_penalty_slope: 0.02,
    repetition_penalty_frequency: 0.02,
    repetition_penalty_presence: 0,
    use_cache: false,
    return_full_text: false,
    prefix: 'vanilla',
    cfg_scale: 1,
    phrase_rep_pen: 'aggressive',
    max_context: 7800,
    min_p: 0,
  }
  const samplers = {
    temperature: 1.35,
    max_tokens: 150,
    num_ctx: 7800,
    top_k: 15,
    top_p: 0.85,
    min_p: 0,
    repetition_penalty: 1.4,
    repeat_last_n: -1,
    frequency_penalty: 0.02,
    presence_penalty: 0,
  }

  it('has the length of the answer where others have that of the context', async () => {
    const { plan, main } = await imported(parameters, await onOllama())
    expect(plan.format).toBe('novelai')
    expect(main?.samplers).toEqual(samplers)
    expect(losses(plan)).toEqual(['order', 'top_a', 'tail_free_sampling', 'repetition_penalty_slope', 'phrase_rep_pen'])
  })

  it('is also known in the form that NovelAI itself writes', async () => {
    const own = { presetVersion: 3, name: 'Carefree', id: 'b5b5', remoteId: '', parameters }
    const { plan, main } = await imported(own, await onOllama(), 'carefree.preset')
    expect(plan).toMatchObject({ format: 'novelai', items: [{ name: 'carefree' }] })
    expect(main?.samplers).toEqual(samplers)
  })
})

describe('what Fabula has no setting for, and the target takes', () => {
  const fancy = {
    ...neutral,
    temp: 0.8,
    temperature_last: false,
    top_k: 40,
    typical_p: 0.9,
    dry_multiplier: 0.8,
    xtc_probability: 0.5,
    nsigma: 1.5,
    mirostat_mode: 2,
    rep_pen: 1.1,
    rep_pen_range: 1024,
    dynatemp: true,
  }

  it('becomes a custom parameter, by the name that servers of one’s own know it by', async () => {
    const { plan, main } = await imported(fancy, await onOwnServer())
    expect(main?.samplers).toMatchObject({ temperature: 0.8 })
    expect({ ...main?.samplers, ...main?.custom }).toMatchObject({
      top_k: 40,
      typical_p: 0.9,
      dry_multiplier: 0.8,
      dry_base: 1.75,
      dry_allowed_length: 2,
      dry_sequence_breakers: ['\n', ':'],
      xtc_probability: 0.5,
      xtc_threshold: 0.1,
      top_n_sigma: 1.5,
      mirostat_mode: 2,
      mirostat_tau: 5,
      repetition_penalty: 1.1,
      repetition_penalty_range: 1024,
    })
    expect(losses(plan)).toEqual(['dynatemp', 'min_temp', 'max_temp', 'dynatemp_exponent'])
  })

  it('does not where nobody says that it is taken', async () => {
    const { plan, main } = await imported(fancy, await onOllama())
    expect(main?.custom).toBeUndefined()
    expect(losses(plan)).toEqual(
      expect.arrayContaining(['dry_multiplier', 'xtc_probability', 'nsigma', 'mirostat_mode'])
    )
  })

  it('does where the model lists it among its parameters', async () => {
    const router = await providerOf(app, 'openrouter')
    const row = { ...openRouterRow(1), id: 'open/one', supported_parameters: ['temperature', 'xtc_probability'] }
    const fake = await startFakeOpenAi({ models: [row], embeddingModels: [] })
    onTestFinished(() => fake.stop())
    await app.ask('providers.update', { id: router.id, patch: { baseUrl: fake.url } })
    await app.ask('models.refresh', { providerId: router.id })
    const { main } = await imported(fancy, { providerId: router.id, model: 'open/one' })
    expect(main?.custom).toEqual({ xtc_probability: 0.5 })
  })
})

describe('templates of SillyTavern', () => {
  const instruct = {
    input_sequence: '<|user|>',
    output_sequence: '<|assistant|>',
    wrap: true,
    macro: true,
    name: 'ChatML',
  }
  const context = { story_string: '{{description}}', chat_start: '***', example_separator: '', name: 'ChatML' }
  const reasoning = { name: 'DeepSeek', prefix: '<think>\n', suffix: '\n</think>', separator: '\n\n' }
  const sysprompt = { name: 'Actor', content: 'You are an actor.' }

  it.each([
    ['instruct', instruct, ['instruct']],
    ['reasoning', reasoning, ['reasoning']],
    ['both', { instruct, reasoning }, ['instruct', 'reasoning']],
  ])('for what servers do are recognised, named, and bring nothing: %s', async (_, content, templates) => {
    const given = file(content, 'Actor.json')
    const plan = await app.ask('files.preview', given)
    expect(plan).toEqual({
      changes: [],
      format: 'sillytavern-templates',
      templates,
      items: [],
      missing: [],
      losses: [],
      needsModel: false,
      newWorld: null,
    })
    expect(await app.ask('files.import', { files: [given] })).toMatchObject({ presets: [] })
  })

  it.each([
    ['context', context],
    ['sysprompt', sysprompt],
    ['sysprompt', { ...sysprompt, post_history: '' }],
    ['several', { instruct, context, sysprompt }],
  ])('for prompts bring one: %s', async (_, content) => {
    await app.ask('presets.create', { name: 'Any' })
    const plan = await app.ask('files.preview', file(content, 'Actor.json'))
    expect(plan).toMatchObject({ format: 'sillytavern-templates', items: [{ kind: 'prompt' }] })
  })

  it('are named beside the settings they come with', async () => {
    const plan = await app.ask('files.preview', file({ instruct, sysprompt, preset: { temp: 0.7, rep_pen: 1.1 } }))
    expect(plan).toMatchObject({ format: 'sillytavern-text', templates: ['instruct'] })
  })

  it.each([[{ name: 'package', content: 7 }], [{ name: 'x', content: 'y', more: true }], [{ name: 'x', prefix: 'y' }]])(
    'are told from other files: %j',
    async (content) => {
      expect(await app.refusal('files.preview', file(content))).toMatchObject({ code: 'file_not_fabula' })
    }
  )
})
