import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyContent, InputVariable, type TemplateContent } from '@contract/entities/template'
import type { Generation } from '@contract/entities/generation'
import type { StoryId, TemplateId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { jsonReply } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, presetWith, storyWith } from '@test/helpers/test-story'

let app: TestCore
let fake: FakeOpenAi
let settings: Awaited<ReturnType<typeof fakeProvider>>

beforeAll(async () => {
  fake = await startFakeOpenAi()
  app = await startTestCore()
  settings = await fakeProvider(app, fake.url, { keys: ['sk-one'] })
  const preset = await presetWith(app, settings)
  await app.ask('presets.setDefault', { id: preset.id })
})
afterAll(async () => {
  await app.close()
  await fake.stop()
})
beforeEach(() => fake.alwaysAnswerWith(null))

const variable = (name: string, more: Record<string, unknown> = {}) =>
  InputVariable.parse({
    type: 'text',
    name,
    label: '',
    help: '',
    required: true,
    default: '',
    sample: null,
    least: null,
    most: null,
    pattern: null,
    ...more,
  })
const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
}
const json: TemplateContent['answer'] = { format: 'json', schema }

let made = 0
const template = async (more: Partial<TemplateContent> = {}): Promise<TemplateId> => {
  const content = { ...emptyContent, user: 'Someone from {{ town }}.', variables: [variable('town')], ...more }
  const { id } = await app.ask('templates.create', { name: `Template ${(made += 1)}`, content })
  return id
}
const ended = async ({ id }: { id: Generation['id'] }): Promise<Generation> => {
  await app.event('generation.ended', (payload) => payload.id === id)
  return app.ask('generations.get', { id })
}
const generate = async (
  templateId: TemplateId,
  more: Partial<RouteInput<'generations.start'>> = {}
): Promise<Generation> => ended(await app.ask('generations.start', { templateId, inputs: { town: 'Ys' }, ...more }))

const LIDIA = '{"name": "Lidia", "age": 31}'

describe('a generation', () => {
  it('answers at once, tells the text as it comes, and keeps what was asked, sent and answered', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream(['A wom', gate, 'an.'], { reasoning: ['Who?'] }))
    const id = await template()
    const begun = await app.ask('generations.start', { templateId: id, inputs: { town: 'Ys' } })
    expect(begun).toMatchObject({ state: 'running', provider: 'Fake', model: 'fake-model', version: 1, tries: [] })
    await gate.reached
    const delta = await app.event('generation.delta', (payload) => payload.id === begun.id && payload.kind === 'text')
    expect(delta).toMatchObject({ try: 0, offset: 0, text: 'A wom' })
    expect(await app.ask('generations.get', { id: begun.id })).toMatchObject({ state: 'running', text: 'A wom' })
    gate.open()

    const generation = await ended(begun)
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
    const thinking = app.events.flatMap(({ name, payload }) =>
      name === 'generation.delta' && payload.kind === 'reasoning' ? payload.text : []
    )
    expect(thinking.join('')).toContain('Who?')
    expect(
      (await app.ask('usage.ofGeneration', { generationId: generation.id })).map(({ purpose }) => purpose)
    ).toEqual([{ kind: 'template', name: 'Template 1', generationId: generation.id, keyName: null, keyId: null }])
    expect(await app.ask('generations.lastInputs', { templateId: id })).toEqual({ town: 'Ys' })
    expect(await app.ask('templates.get', { id })).toMatchObject({ generations: 1 })
    expect((await app.ask('templates.versions', { id }))[0]).toMatchObject({ number: 1, generations: 1 })
    expect((await app.ask('templates.list', { ids: [id] }))[0]).toMatchObject({ generations: 1 })
  })

  it('asks again with what is wrong, and keeps both answers', async () => {
    fake.answerWith(
      chatReply.stream(['Here: {"name": "Lidia", "age": "thirty"}']),
      chatReply.stream([`\`\`\`json\n${LIDIA}\n\`\`\``])
    )
    const before = fake.chats().length
    const generation = await generate(await template({ answer: json }))
    expect(generation).toMatchObject({ state: 'complete', value: { name: 'Lidia', age: 31 } })
    expect(generation.tries.map(({ problems }) => problems.map(({ path }) => path))).toEqual([['/age'], []])
    const [first, second] = fake
      .chats()
      .slice(before)
      .map((body) => JSON.stringify(body))
    expect(first).toContain('additionalProperties')
    expect(second).toContain('thirty')
    expect(second).toContain('/age')
    expect(await app.ask('usage.ofGeneration', { generationId: generation.id })).toHaveLength(2)
  })

  it('ends as invalid when no answer has the form, with all of them', async () => {
    fake.alwaysAnswerWith(chatReply.stream(['No.']))
    const generation = await generate(await template({ answer: json, tries: 2 }))
    expect(generation).toMatchObject({ state: 'invalid', text: 'No.', value: null, error: null })
    expect(generation.tries.map(({ answer }) => answer)).toEqual(['No.', 'No.'])
  })

  it('says that an answer ends at the limit of tokens', async () => {
    fake.answerWith(chatReply.stream(['Once'], { finish: 'length' }))
    expect((await generate(await template())).tries[0]).toMatchObject({ cut: true, problems: [] })
  })

  it('fails with the reason, and keeps what came before', async () => {
    fake.answerWith(chatReply.stream(['{"name": 1}']), chatReply.error(400, 'no such thing'))
    const generation = await generate(await template({ answer: json }))
    expect(generation).toMatchObject({
      state: 'failed',
      text: '{"name": 1}',
      error: { code: 'provider_request_rejected' },
      tries: [{ error: null }, { answer: '', error: { code: 'provider_request_rejected' } }],
    })
  })

  it('says where a template fails that only shows when it runs', async () => {
    const generation = await generate(await template({ user: '{{ town }}\n{{ nothing }}' }))
    expect(generation).toMatchObject({ state: 'failed', tries: [], error: { details: { part: 'user', line: 2 } } })
  })

  it('can be stopped, and keeps what came', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream(['A wom', gate]))
    const { id } = await app.ask('generations.start', { templateId: await template(), inputs: { town: 'Ys' } })
    await app.event('generation.delta', (payload) => payload.id === id)
    await app.ask('generations.stop', { id })
    expect(await ended({ id })).toMatchObject({ state: 'stopped', text: 'A wom', error: null })
    await app.ask('generations.stop', { id })
  })

  it('is refused for a value that cannot be used, by its name and the reason', async () => {
    const templateId = await template({ variables: [variable('town', { label: 'Town', most: 3 })] })
    const start = (inputs: Record<string, string>) => app.refusal('generations.start', { templateId, inputs })
    expect(await start({})).toMatchObject({
      code: 'input_invalid',
      details: { path: 'inputs.town', name: 'Town', problem: 'missing' },
    })
    expect(await start({ town: 'Kerys' })).toMatchObject({ details: { problem: 'too_long', limit: 3 } })
    expect(await start({ town: 'Ys', ton: 'x' })).toMatchObject({ details: { name: 'ton', problem: 'unknown' } })
    expect((await app.ask('generations.list', { templateId })).generations).toEqual([])
  })

  it('is refused without a model, a story or a version', async () => {
    const templateId = await template({ model: { kind: 'config', id: null } })
    const inputs = { town: 'Ys' }
    expect(await app.refusal('generations.start', { templateId, inputs })).toMatchObject({ code: 'template_no_model' })
    expect(await app.refusal('generations.start', { templateId, inputs, version: 9 })).toMatchObject({
      code: 'not_found',
    })
    const story = await storyWith(app, settings)
    await app.ask('stories.delete', { id: story.id })
    expect(
      await app.refusal('generations.start', { templateId: await template(), inputs, storyId: story.id })
    ).toMatchObject({ code: 'not_found', details: { path: 'storyId' } })
  })

  describe('of a model that its provider holds to a schema', () => {
    const model = 'fake-structured'
    const start = async () =>
      generate(await template({ answer: json }), { model: { providerId: settings.providerId, model } })

    beforeAll(async () => {
      fake.answerAt(
        '/models',
        jsonReply({ data: [{ id: model, supported_parameters: ['structured_outputs', 'seed'] }] })
      )
      await app.ask('models.refresh', { providerId: settings.providerId })
    })

    it('is not told of the form in words', async () => {
      fake.answerWith(chatReply.stream([LIDIA]))
      expect(await start()).toMatchObject({ state: 'complete', native: true })
      expect(fake.chats().at(-1)).toMatchObject({
        response_format: { json_schema: { schema } },
        messages: [{ content: 'Someone from Ys.' }],
      })
    })

    it('is told of it where the provider refuses the schema', async () => {
      fake.answerWith(chatReply.error(400, 'Invalid schema for response_format'), chatReply.stream([LIDIA]))
      const generation = await start()
      expect(generation).toMatchObject({ state: 'complete', native: false, tries: [{ problems: [] }] })
      expect(fake.chats().at(-1)).not.toHaveProperty('response_format')
      expect(generation.messages[0]?.content).toContain('JSON Schema')
      expect(
        (await app.ask('usage.ofGeneration', { generationId: generation.id })).map(({ outcome }) => outcome)
      ).toEqual(['failed', 'complete'])
    })
  })

  it('reads the rows of a table', async () => {
    fake.answerWith(chatReply.stream(['name,age\nLidia,31\n"Marsh, Jonas",40']))
    const generation = await generate(await template({ answer: { format: 'csv', schema } }))
    expect(generation).toMatchObject({
      state: 'complete',
      value: [
        { name: 'Lidia', age: 31 },
        { name: 'Marsh, Jonas', age: 40 },
      ],
    })
  })
})

describe('the same once more', () => {
  it('uses the same version, values and seed; or another seed, or another model', async () => {
    const templateId = await template()
    const first = await generate(templateId, { seed: 7 })
    expect(first.parameters).toMatchObject({ seed: 7 })
    await app.ask('templates.save', { id: templateId, content: { ...emptyContent, user: 'Another one.' } })
    const same = await ended(await app.ask('generations.again', { id: first.id }))
    expect(same).toMatchObject({ version: 1, seed: 7, inputs: first.inputs, messages: first.messages })
    const anew = await ended(await app.ask('generations.again', { id: first.id, seed: null }))
    expect(anew.seed).not.toBe(7)
    expect(anew.parameters['seed']).toBe(anew.seed)
    const other = { providerId: settings.providerId, model: 'fake-model-large' }
    const beside = await ended(await app.ask('generations.again', { id: first.id, model: other }))
    expect(beside).toMatchObject({ model: 'fake-model-large', asked: other, seed: 7 })
    expect(await app.ask('generations.models', {})).toEqual(expect.arrayContaining(['fake-model', 'fake-model-large']))
    expect((await app.ask('templates.versions', { id: templateId })).map(({ generations }) => generations)).toEqual([
      0, 4,
    ])
  })
})

describe('the history', () => {
  it('is by template, story, state and favourite, page by page, and found by words in any case', async () => {
    const templateId = await template()
    const story = await storyWith(app, settings)
    fake.answerWith(chatReply.stream(['# Старый ПИРС\n\nДоски скрипят.']), chatReply.stream(['Fog.']))
    const pier = await generate(templateId, { storyId: story.id })
    const fog = await generate(templateId, { inputs: { town: 'Порт-Ёж' } })
    const list = async (input: RouteInput<'generations.list'>) =>
      (await app.ask('generations.list', { templateId, ...input })).generations.map(({ title }) => title)
    expect(await list({})).toEqual(['Fog.', 'Старый ПИРС'])
    expect(await list({ storyId: story.id })).toEqual(['Старый ПИРС'])
    expect(await list({ search: 'пирс СКРИПЯТ' })).toEqual(['Старый ПИРС'])
    expect(await list({ search: 'порт-ёж' })).toEqual(['Fog.'])
    expect(await list({ search: 'пирс fog' })).toEqual([])
    expect(await list({ states: ['failed'] })).toEqual([])
    await app.ask('generations.favourite', { id: pier.id, favourite: true })
    expect(await list({ favourite: true })).toEqual(['Старый ПИРС'])
    const page = await app.ask('generations.list', { templateId, limit: 1 })
    expect(page).toMatchObject({ hasMore: true, generations: [{ excerpt: '', tries: 1 }] })
    expect(await list({ limit: 1, before: page.generations[0]?.id })).toEqual(['Старый ПИРС'])

    await app.ask('generations.delete', { ids: [fog.id] })
    expect(await list({})).toEqual(['Старый ПИРС'])
    expect(await app.refusal('generations.get', { id: fog.id })).toMatchObject({ code: 'not_found' })
    await app.ask('generations.restore', { ids: [fog.id] })
    expect(await list({})).toEqual(['Fog.', 'Старый ПИРС'])
    await app.ask('templates.delete', { id: templateId })
    expect(await list({})).toEqual(['Fog.', 'Старый ПИРС'])
  })

  it('keeps what the user makes of an answer beside the answer itself', async () => {
    fake.answerWith(chatReply.stream(['{"name": "Lidia"}']))
    const { id } = await generate(await template({ answer: json, tries: 1 }))
    const mended = await app.ask('generations.edit', { id, value: { name: 'Lidia', age: 31 } })
    expect(mended).toMatchObject({ state: 'complete', edited: true, value: { age: 31 } })
    expect(JSON.parse(mended.text)).toEqual({ name: 'Lidia', age: 31 })
    expect(mended.tries[0]).toMatchObject({ answer: '{"name": "Lidia"}', problems: [{ path: '/age' }] })
    expect(await app.ask('generations.edit', { id, text: '{"name": "Li' })).toMatchObject({
      state: 'invalid',
      value: null,
    })
  })
})

describe('what an answer becomes', () => {
  const becomes: TemplateContent['becomes'] = { kind: 'character', fields: { description: 'looks', tags: 'age' } }

  it('entries of a world, each under a free name', async () => {
    const world = await app.ask('worlds.create', { language: 'en' })
    const templateId = await template({ answer: { format: 'json', schema: null }, becomes })
    fake.alwaysAnswerWith(
      chatReply.stream(['{"cast": [{"name": "Lidia", "looks": ["tall", "grey"], "age": 31}, {"looks": "short"}]}'])
    )
    const { id } = await generate(templateId)
    const send = () => app.ask('generations.becomes', { id, worldId: world.id, language: 'en' })
    expect((await send()).entries.map(({ name }) => name)).toEqual(['Lidia', 'New character'])
    const [second] = (await send()).entries
    expect(second?.name).toBe('Lidia (2)')
    if (!second) throw new Error('Nothing was made')
    expect(await app.ask('worlds.entry', { worldId: world.id, id: second.id })).toMatchObject({
      kind: 'character',
      fields: { description: 'tall\ngrey', tags: ['31'] },
    })
  })

  it('the first of a new world that the story takes', async () => {
    const story = await storyWith(app, settings)
    fake.answerWith(chatReply.stream(['The pier is old.']))
    const templateId = await template({ becomes: { kind: 'lore', fields: {} } })
    const { id } = await generate(templateId, { storyId: story.id })
    const made = await app.ask('generations.becomes', { id, worldId: null, language: 'en' })
    expect(made).toMatchObject({ made: true, entries: [{ kind: 'lore', name: 'The pier is old.' }] })
    const { worlds } = await app.ask('storyWorlds.get', { storyId: story.id })
    expect(worlds.map((world) => world.id)).toEqual([made.worldId])
  })

  it('nothing, where the template does not say it or the answer could not be read', async () => {
    fake.alwaysAnswerWith(chatReply.stream(['No.']))
    const world = await app.ask('worlds.create', { language: 'en' })
    for (const more of [{}, { becomes, answer: json, tries: 1 }]) {
      const { id } = await generate(await template(more))
      expect(await app.refusal('generations.becomes', { id, worldId: world.id, language: 'en' })).toMatchObject({
        code: 'answer_makes_nothing',
      })
    }
  })

  it('a passage at the end of a story', async () => {
    const story = await storyWith(app, settings)
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const { id } = await generate(await template(), { storyId: story.id })
    const generation = await app.ask('generations.edit', { id, text: 'The bell rang.' })
    expect(generation.value).toBeNull()
    const { messageId } = await app.ask('generations.intoStory', { id, storyId: story.id })
    const { messages } = await app.ask('messages.page', { storyId: story.id })
    expect(messages.at(-1)).toMatchObject({ id: messageId, text: 'The bell rang.', edited: true, author: 'story' })
    expect(await lastOf(story.id)).toBe(messageId)
  })

  const lastOf = async (storyId: StoryId) => (await app.ask('messages.page', { storyId, limit: 1 })).messages[0]?.id
})
