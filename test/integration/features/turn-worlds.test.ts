import { beforeEach, describe, expect, it } from 'vitest'
import type { Story } from '@contract/entities/story'
import type { World, WorldEntryKind } from '@contract/entities/world'
import type { JsonObject } from '@contract/values'
import { chatReply } from '@test/helpers/chat-reply'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let story: Story
let world: World
beforeEach(async () => {
  stage = await openStage()
  story = await stage.story()
  world = await ask('worlds.create', { name: 'Shore', language: 'en' })
  await ask('storyWorlds.setWorlds', { storyId: story.id, worldIds: [world.id] })
})
const ask: TurnStage['app']['ask'] = (route, input) => stage.app.ask(route, input)
const add = (kind: WorldEntryKind, name: string, fields: JsonObject = {}) =>
  ask('worlds.addEntry', { worldId: world.id, kind, name, language: 'en', fields })
const change = (fields: JsonObject) => ask('worlds.update', { worldId: world.id, patch: { fields } })
const send = async (text: string, answer = 'The sea answered.') => {
  stage.fake.answerWith(chatReply.stream([answer]))
  await stage.app.turn({ storyId: story.id, kind: 'send', text })
  return stage.sent().at(-1) ?? []
}
const plan = (text: string) => ask('turns.plan', { storyId: story.id, kind: 'send', text })

describe('a turn', () => {
  it('is told of the scene just as the dry run says, part by part', async () => {
    await change({ styleGuide: 'Short sentences.', note: 'The storm is near.', noteDepth: 1 })
    await add('persona', 'Ira', { description: 'A surveyor.' })
    await add('character', 'Anna', { description: 'Keeps the lamp. {{char}} dislikes {{user}}.', voice: 'Dry.' })
    await add('character', 'Oleg', { description: 'Is elsewhere.' })
    await add('place', 'The lighthouse', { aliases: ['lighthouse'], description: 'Tall.' })
    await add('lore', 'Tide', { keys: ['tide'], content: 'It comes twice a day.' })
    await add('lore', 'Deep', { constant: true, content: 'Ships vanish.', position: 'atDepth', depth: 0 })
    await send('I walk up.', 'Wind.')
    const line = 'I ask Anna at the lighthouse about the tide.'
    const [step] = await plan(line)
    const sent = await send(line)
    expect(sent).toEqual(step?.messages)
    expect(step?.parts.map(({ id }) => id)).toEqual([
      'instructions',
      'style',
      'persona',
      'lore',
      'characters',
      'places',
      'history',
      'loreInText',
      'note',
      'line',
    ])
    const [rules] = sent
    expect(rules?.role).toBe('system')
    expect(rules?.content).toContain('Short sentences.')
    expect(rules?.content).toContain('## Anna\nKeeps the lamp. Anna dislikes Ira.\nWay of speaking: Dry.')
    expect(rules?.content).toContain('It comes twice a day.')
    expect(rules?.content).not.toContain('Oleg')
    expect(sent.slice(1)).toEqual([
      { role: 'user', content: 'I walk up.' },
      { role: 'assistant', content: 'Wind.' },
      { role: 'system', content: '[The storm is near.]' },
      { role: 'user', content: line },
      { role: 'system', content: '[Ships vanish.]' },
    ])
    const context = await ask('stories.context', { id: story.id })
    expect(context?.sections.map(({ id }) => id)).toEqual(expect.arrayContaining(['persona', 'characters', 'lore']))
  })

  it('notes what woke, so that lore stays awake and asleep along the path alone', async () => {
    await change({ scanDepth: 1 })
    await add('lore', 'Bell', { keys: ['bell'], content: 'The bell is cracked.', sticky: 3, cooldown: 4 })
    const told = (messages: { content: string }[]) => messages.some(({ content }) => content.includes('cracked'))
    expect(told(await send('I ring the bell.'))).toBe(true)
    expect(told(await send('I wait.'))).toBe(true)
    expect(told(await send('I ring the bell again.'))).toBe(false)
    const scene = await ask('storyWorlds.scene', { storyId: story.id, line: 'The bell.' })
    expect(scene.asleep).toMatchObject([{ name: 'Bell', asleep: 'cooldown' }])
    // Back to the beginning, where it never rang.
    const { messages } = await ask('messages.page', { storyId: story.id, limit: 100 })
    for (const { id } of messages.toReversed()) await ask('messages.delete', { id })
    expect(told(await send('I ring the bell.'))).toBe(true)
  })

  it('leaves out what has no room, counts it, and keeps what matters most', async () => {
    await add('persona', 'Ira', { description: 'A surveyor.' })
    for (const [name, priority] of [
      ['Low', 1],
      ['High', 9],
    ] as const)
      await add('lore', name, { constant: true, content: `${name} matters. ${'word '.repeat(900)}`, priority })
    const provider = (await ask('providers.list', {})).find(({ name }) => name === 'Fake')
    const added = { providerId: provider?.id ?? '', model: 'fake-model', kind: 'chat', contextLength: 4000 } as const
    await ask('models.create', added)
    const [step] = await plan('Go.')
    const part = step?.parts.find(({ id }) => id === 'lore')
    expect(part).toMatchObject({ leftOut: 1 })
    const text = step?.messages.map(({ content }) => content).join('\n') ?? ''
    expect(text).toContain('High matters.')
    expect(text).not.toContain('Low matters.')
    expect(text).toContain('A surveyor.')
    expect(step?.parts.reduce((sum, { tokens }) => sum + tokens, step.answer)).toBeLessThanOrEqual(step?.window ?? 0)
  })

  it('of a story without worlds is as it was', async () => {
    await add('lore', 'Tide', { constant: true, content: 'It comes twice a day.' })
    await ask('storyWorlds.setWorlds', { storyId: story.id, worldIds: [] })
    const [step] = await plan('Go.')
    expect(step?.parts.map(({ id }) => id)).toEqual(['instructions', 'history', 'line'])
  })
})
