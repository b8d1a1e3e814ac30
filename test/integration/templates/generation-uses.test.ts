import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyContent, type TemplateContent } from '@contract/entities/template'
import type { StoryId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { chatReply } from '@test/helpers/chat-reply'
import { storyWith } from '@test/helpers/test-story'
import { json, startGenerationStage, type GenerationStage } from './generation-stage'

let stage: GenerationStage
beforeAll(async () => {
  stage = await startGenerationStage()
})
beforeEach(() => stage.fake.alwaysAnswerWith(null))
afterAll(() => stage.close())

describe('the same once more', () => {
  it('uses the same version, values and seed; or another seed, or another model', async () => {
    const templateId = await stage.template()
    const first = await stage.generate(templateId, { seed: 7 })
    expect(first.parameters).toMatchObject({ seed: 7 })
    await stage.app.ask('templates.save', { id: templateId, content: { ...emptyContent, user: 'Another one.' } })
    const same = await stage.ended(await stage.app.ask('generations.again', { id: first.id }))
    expect(same).toMatchObject({ version: 1, seed: 7, inputs: first.inputs, messages: first.messages })
    const anew = await stage.ended(await stage.app.ask('generations.again', { id: first.id, seed: null }))
    expect(anew.seed).not.toBe(7)
    expect(anew.parameters['seed']).toBe(anew.seed)
    const other = { providerId: stage.settings.providerId, model: 'fake-model-large' }
    const beside = await stage.ended(await stage.app.ask('generations.again', { id: first.id, model: other }))
    expect(beside).toMatchObject({ model: 'fake-model-large', asked: other, seed: 7 })
    expect(await stage.app.ask('generations.models', {})).toEqual(
      expect.arrayContaining(['fake-model', 'fake-model-large'])
    )
    expect(
      (await stage.app.ask('templates.versions', { id: templateId })).map(({ generations }) => generations)
    ).toEqual([0, 4])
  })
})

describe('the history', () => {
  it('is by template, story, state and favourite, page by page, and found by words in any case', async () => {
    const templateId = await stage.template()
    const story = await storyWith(stage.app, stage.settings)
    stage.fake.answerWith(chatReply.stream(['# Старый ПИРС\n\nДоски скрипят.']), chatReply.stream(['Fog.']))
    const pier = await stage.generate(templateId, { storyId: story.id })
    const fog = await stage.generate(templateId, { inputs: { town: 'Порт-Ёж' } })
    const list = async (input: RouteInput<'generations.list'>) =>
      (await stage.app.ask('generations.list', { templateId, ...input })).generations.map(({ title }) => title)
    expect(await list({})).toEqual(['Fog.', 'Старый ПИРС'])
    expect(await list({ storyId: story.id })).toEqual(['Старый ПИРС'])
    expect(await list({ search: 'пирс СКРИПЯТ' })).toEqual(['Старый ПИРС'])
    expect(await list({ search: 'порт-ёж' })).toEqual(['Fog.'])
    expect(await list({ search: 'пирс fog' })).toEqual([])
    expect(await list({ states: ['failed'] })).toEqual([])
    await stage.app.ask('generations.favourite', { id: pier.id, favourite: true })
    expect(await list({ favourite: true })).toEqual(['Старый ПИРС'])
    const page = await stage.app.ask('generations.list', { templateId, limit: 1 })
    expect(page).toMatchObject({ hasMore: true, generations: [{ excerpt: '', tries: 1 }] })
    expect(await list({ limit: 1, before: page.generations[0]?.id })).toEqual(['Старый ПИРС'])

    await stage.app.ask('generations.delete', { ids: [fog.id] })
    expect(await list({})).toEqual(['Старый ПИРС'])
    expect(await stage.app.refusal('generations.get', { id: fog.id })).toMatchObject({ code: 'not_found' })
    await stage.app.ask('generations.restore', { ids: [fog.id] })
    expect(await list({})).toEqual(['Fog.', 'Старый ПИРС'])
    await stage.app.ask('templates.delete', { id: templateId })
    expect(await list({})).toEqual(['Fog.', 'Старый ПИРС'])
  })

  it('keeps what the user makes of an answer beside the answer itself', async () => {
    stage.fake.answerWith(chatReply.stream(['{"name": "Lidia"}']))
    const { id } = await stage.generate(await stage.template({ answer: json, tries: 1 }))
    const mended = await stage.app.ask('generations.edit', { id, value: { name: 'Lidia', age: 31 } })
    expect(mended).toMatchObject({ state: 'complete', edited: true, value: { age: 31 } })
    expect(JSON.parse(mended.text)).toEqual({ name: 'Lidia', age: 31 })
    expect(mended.tries[0]).toMatchObject({ answer: '{"name": "Lidia"}', problems: [{ path: '/age' }] })
    expect(await stage.app.ask('generations.edit', { id, text: '{"name": "Li' })).toMatchObject({
      state: 'invalid',
      value: null,
    })
  })
})

describe('what an answer becomes', () => {
  const becomes: TemplateContent['becomes'] = { kind: 'character', fields: { description: 'looks', tags: 'age' } }

  it('entries of a world, each under a free name', async () => {
    const world = await stage.app.ask('worlds.create', { language: 'en' })
    const templateId = await stage.template({ answer: { format: 'json', schema: null }, becomes })
    stage.fake.alwaysAnswerWith(
      chatReply.stream(['{"cast": [{"name": "Lidia", "looks": ["tall", "grey"], "age": 31}, {"looks": "short"}]}'])
    )
    const { id } = await stage.generate(templateId)
    const send = () => stage.app.ask('generations.becomes', { id, worldId: world.id, language: 'en' })
    expect((await send()).entries.map(({ name }) => name)).toEqual(['Lidia', 'New character'])
    const [second] = (await send()).entries
    expect(second?.name).toBe('Lidia (2)')
    if (!second) throw new Error('Nothing was made')
    expect(await stage.app.ask('worlds.entry', { worldId: world.id, id: second.id })).toMatchObject({
      kind: 'character',
      fields: { description: 'tall\ngrey', tags: ['31'] },
    })
  })

  it('the first of a new world that the story takes', async () => {
    const story = await storyWith(stage.app, stage.settings)
    stage.fake.answerWith(chatReply.stream(['The pier is old.']))
    const templateId = await stage.template({ becomes: { kind: 'lore', fields: {} } })
    const { id } = await stage.generate(templateId, { storyId: story.id })
    const made = await stage.app.ask('generations.becomes', { id, worldId: null, language: 'en' })
    expect(made).toMatchObject({ made: true, entries: [{ kind: 'lore', name: 'The pier is old.' }] })
    const { worlds } = await stage.app.ask('storyWorlds.get', { storyId: story.id })
    expect(worlds.map((world) => world.id)).toEqual([made.worldId])
  })

  it('nothing, where the template does not say it or the answer could not be read', async () => {
    stage.fake.alwaysAnswerWith(chatReply.stream(['No.']))
    const world = await stage.app.ask('worlds.create', { language: 'en' })
    for (const more of [{}, { becomes, answer: json, tries: 1 }]) {
      const { id } = await stage.generate(await stage.template(more))
      expect(await stage.app.refusal('generations.becomes', { id, worldId: world.id, language: 'en' })).toMatchObject({
        code: 'answer_makes_nothing',
      })
    }
  })

  it('a passage at the end of a story', async () => {
    const story = await storyWith(stage.app, stage.settings)
    await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const { id } = await stage.generate(await stage.template(), { storyId: story.id })
    const generation = await stage.app.ask('generations.edit', { id, text: 'The bell rang.' })
    expect(generation.value).toBeNull()
    const { messageId } = await stage.app.ask('generations.intoStory', { id, storyId: story.id })
    const { messages } = await stage.app.ask('messages.page', { storyId: story.id })
    expect(messages.at(-1)).toMatchObject({ id: messageId, text: 'The bell rang.', edited: true, author: 'story' })
    expect(await lastOf(story.id)).toBe(messageId)
  })

  const lastOf = async (storyId: StoryId) =>
    (await stage.app.ask('messages.page', { storyId, limit: 1 })).messages[0]?.id
})
