import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newVariable } from '@contract/entities/new-variable'
import { InputVariable } from '@contract/entities/template'
import { chatReply } from '@test/helpers/chat-reply'
import { jsonReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { storyWith } from '@test/helpers/test-story'
import { json, schema, startGenerationStage, type GenerationStage } from './generation-stage'

let stage: GenerationStage
beforeAll(async () => {
  stage = await startGenerationStage()
})
beforeEach(() => stage.fake.alwaysAnswerWith(null))
afterAll(() => stage.close())

const LIDIA = '{"name": "Lidia", "age": 31}'

describe('a generation', () => {
  it('answers at once, tells the text as it comes, and keeps what was asked, sent and answered', async () => {
    const gate = createGate()
    stage.fake.answerWith(chatReply.stream(['A wom', gate, 'an.'], { reasoning: ['Who?'] }))
    const id = await stage.template()
    const begun = await stage.app.ask('generations.start', { templateId: id, inputs: { town: 'Ys' } })
    expect(begun).toMatchObject({ state: 'running', provider: 'Fake', model: 'fake-model', version: 1, tries: [] })
    await gate.reached
    const delta = await stage.app.event(
      'generation.delta',
      (payload) => payload.id === begun.id && payload.kind === 'text'
    )
    expect(delta).toMatchObject({ try: 0, offset: 0, text: 'A wom' })
    expect(await stage.app.ask('generations.get', { id: begun.id })).toMatchObject({ state: 'running', text: 'A wom' })
    gate.open()

    const generation = await stage.ended(begun)
    expect(generation).toMatchObject({
      state: 'complete',
      text: 'A woman.',
      value: null,
      inputs: { town: 'Ys' },
      messages: [{ role: 'user', content: 'Someone from Ys.' }],
      inputTokens: 12,
      outputTokens: 5,
      tries: [{ answer: 'A woman.', reasoning: 'Who?', problems: [], cut: false, error: null, tokenName: 'Key 1' }],
    })
    const thinking = stage.app.events.flatMap(({ name, payload }) =>
      name === 'generation.delta' && payload.kind === 'reasoning' ? payload.text : []
    )
    expect(thinking.join('')).toContain('Who?')
    expect(
      (await stage.app.ask('usage.ofGeneration', { generationId: generation.id })).map(({ purpose }) => purpose)
    ).toEqual([{ kind: 'template', name: 'Template 1', generationId: generation.id, keyName: null, keyId: null }])
    expect(await stage.app.ask('generations.lastInputs', { templateId: id })).toEqual({ town: 'Ys' })
    expect(await stage.app.ask('templates.get', { id })).toMatchObject({ generations: 1 })
    expect((await stage.app.ask('templates.versions', { id }))[0]).toMatchObject({ number: 1, generations: 1 })
    expect((await stage.app.ask('templates.list', { ids: [id] }))[0]).toMatchObject({ generations: 1 })
  })

  it('asks again with what is wrong, and keeps both answers', async () => {
    stage.fake.answerWith(
      chatReply.stream(['Here: {"name": "Lidia", "age": "thirty"}']),
      chatReply.stream([`\`\`\`json\n${LIDIA}\n\`\`\``])
    )
    const before = stage.fake.chats().length
    const generation = await stage.generate(await stage.template({ answer: json }))
    expect(generation).toMatchObject({ state: 'complete', value: { name: 'Lidia', age: 31 } })
    expect(generation.tries.map(({ problems }) => problems.map(({ path }) => path))).toEqual([['/age'], []])
    const [first, second] = stage.fake
      .chats()
      .slice(before)
      .map((body) => JSON.stringify(body))
    expect(first).toContain('additionalProperties')
    expect(second).toContain('thirty')
    expect(second).toContain('/age')
    expect(await stage.app.ask('usage.ofGeneration', { generationId: generation.id })).toHaveLength(2)
  })

  it('ends as invalid when no answer has the form, with all of them', async () => {
    stage.fake.alwaysAnswerWith(chatReply.stream(['No.']))
    const generation = await stage.generate(await stage.template({ answer: json, tries: 2 }))
    expect(generation).toMatchObject({ state: 'invalid', text: 'No.', value: null, error: null })
    expect(generation.tries.map(({ answer }) => answer)).toEqual(['No.', 'No.'])
  })

  it('says that an answer ends at the limit of tokens', async () => {
    stage.fake.answerWith(chatReply.stream(['Once'], { finish: 'length' }))
    expect((await stage.generate(await stage.template())).tries[0]).toMatchObject({ cut: true, problems: [] })
  })

  it('fails with the reason, and keeps what came before', async () => {
    stage.fake.answerWith(chatReply.stream(['{"name": 1}']), chatReply.error(400, 'no such thing'))
    const generation = await stage.generate(await stage.template({ answer: json }))
    expect(generation).toMatchObject({
      state: 'failed',
      text: '{"name": 1}',
      error: { code: 'provider_request_rejected' },
      tries: [{ error: null }, { answer: '', error: { code: 'provider_request_rejected' } }],
    })
  })

  it('says where a template fails that only shows when it runs', async () => {
    const generation = await stage.generate(await stage.template({ user: '{{ town }}\n{{ nothing }}' }))
    expect(generation).toMatchObject({ state: 'failed', tries: [], error: { details: { part: 'user', line: 2 } } })
  })

  it('can be stopped, and keeps what came', async () => {
    const gate = createGate()
    stage.fake.answerWith(chatReply.stream(['A wom', gate]))
    const { id } = await stage.app.ask('generations.start', {
      templateId: await stage.template(),
      inputs: { town: 'Ys' },
    })
    await stage.app.event('generation.delta', (payload) => payload.id === id)
    await stage.app.ask('generations.stop', { id })
    expect(await stage.ended({ id })).toMatchObject({ state: 'stopped', text: 'A wom', error: null })
    await stage.app.ask('generations.stop', { id })
  })

  it('is refused for a value that cannot be used, by its name and the reason', async () => {
    const town = InputVariable.parse({ ...newVariable('text', 'town'), label: 'Town', most: 3 })
    const templateId = await stage.template({ variables: [town] })
    const start = (inputs: Record<string, string>) => stage.app.refusal('generations.start', { templateId, inputs })
    expect(await start({})).toMatchObject({
      code: 'input_invalid',
      details: { path: 'inputs.town', name: 'Town', problem: 'missing' },
    })
    expect(await start({ town: 'Kerys' })).toMatchObject({ details: { problem: 'too_long', limit: 3 } })
    expect(await start({ town: 'Ys', ton: 'x' })).toMatchObject({ details: { name: 'ton', problem: 'unknown' } })
    expect((await stage.app.ask('generations.list', { templateId })).generations).toEqual([])
  })

  it('is refused without a model, a story or a version', async () => {
    const templateId = await stage.template({ model: { kind: 'config', id: null } })
    const inputs = { town: 'Ys' }
    expect(await stage.app.refusal('generations.start', { templateId, inputs })).toMatchObject({
      code: 'template_no_model',
    })
    expect(await stage.app.refusal('generations.start', { templateId, inputs, version: 9 })).toMatchObject({
      code: 'not_found',
    })
    const story = await storyWith(stage.app, stage.settings)
    await stage.app.ask('stories.delete', { id: story.id })
    expect(
      await stage.app.refusal('generations.start', { templateId: await stage.template(), inputs, storyId: story.id })
    ).toMatchObject({ code: 'not_found', details: { path: 'storyId' } })
  })

  describe('of a model that its provider holds to a schema', () => {
    const model = 'fake-structured'
    const start = async () =>
      stage.generate(await stage.template({ answer: json }), {
        model: { providerId: stage.settings.providerId, model },
      })

    beforeAll(async () => {
      stage.fake.answerAt(
        '/models',
        jsonReply({ data: [{ id: model, supported_parameters: ['structured_outputs', 'seed'] }] })
      )
      await stage.app.ask('models.refresh', { providerId: stage.settings.providerId })
    })

    it('is not told of the form in words', async () => {
      stage.fake.answerWith(chatReply.stream([LIDIA]))
      expect(await start()).toMatchObject({ state: 'complete', native: true })
      expect(stage.fake.chats().at(-1)).toMatchObject({
        response_format: { json_schema: { schema } },
        messages: [{ content: 'Someone from Ys.' }],
      })
    })

    it('is told of it where the provider refuses the schema', async () => {
      stage.fake.answerWith(chatReply.error(400, 'Invalid schema for response_format'), chatReply.stream([LIDIA]))
      const generation = await start()
      expect(generation).toMatchObject({ state: 'complete', native: false, tries: [{ problems: [] }] })
      expect(stage.fake.chats().at(-1)).not.toHaveProperty('response_format')
      expect(generation.messages[0]?.content).toContain('JSON Schema')
      expect(
        (await stage.app.ask('usage.ofGeneration', { generationId: generation.id })).map(({ outcome }) => outcome)
      ).toEqual(['failed', 'complete'])
    })
  })

  it('reads the rows of a table', async () => {
    stage.fake.answerWith(chatReply.stream(['name,age\nLidia,31\n"Marsh, Jonas",40']))
    const generation = await stage.generate(await stage.template({ answer: { format: 'csv', schema } }))
    expect(generation).toMatchObject({
      state: 'complete',
      value: [
        { name: 'Lidia', age: 31 },
        { name: 'Marsh, Jonas', age: 40 },
      ],
    })
  })
})
