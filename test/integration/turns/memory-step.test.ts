import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Story } from '@contract/entities/story'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import {
  createRoleModels,
  roleId,
  storyWithCast,
  type Cast,
  type CastOptions,
  type RoleModels,
} from '@test/helpers/role-models'
import { fakeProvider, lastPassage, passagesOf, placed } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let models: RoleModels
beforeEach(async () => {
  stage = await openStage()
  models = createRoleModels(stage)
})

const PLANTED = 'Old Marta hid the brass astrolabe under the third stair of the lighthouse.'
const scenes = [
  'The baker counted loaves while his daughter swept flour from the threshold. ',
  'Two carts had locked wheels on the bridge, and the drivers shouted about oats. ',
  'Snow came early to the pass, soft at first, then so thick that the goats lay down. ',
  'A piper from the south played for coins beside the fountain until the lamps were lit. ',
  'The surgeon boiled his knives twice and sent everyone but the boy out of the room. ',
  'Frost drew ferns on every window of the mill, and the wheel stood still. ',
  'Nobody at the ferry would say where the captain slept or whose horse that was. ',
]

/** A window in which a few passages find room, and no more. */
const SMALL = { samplers: { num_ctx: 1600, max_tokens: 200 } }
/** One in which none of the long ones does. */
const TINY = { samplers: { num_ctx: 900, max_tokens: 100 } }

/** A story whose beginning says where the astrolabe is, and whose window no longer shows it. */
async function longStory(cast: Cast, options: CastOptions = {}, main: object = SMALL, times = 6) {
  const told = [PLANTED, ...scenes.map((scene) => scene.repeat(times))]
  models.answer('main', ...told)
  const story = await storyWithCast(stage, cast, { main, ...options })
  for (const _passage of told) await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I go on.' })
  const remembered = async () => {
    const { state, passages } = await stage.app.ask('memory.state', { storyId: story.id })
    return `${state} ${passages}`
  }
  await expect.poll(remembered, { timeout: 30_000 }).toBe(`ready ${told.length * 2}`)
  models.answer('main', 'The next passage.')
  return story
}
const ask = (story: Pick<Story, 'id'>) =>
  stage.app.turn({ storyId: story.id, kind: 'send', text: 'Where is the astrolabe that Marta hid?' })
const notes = async (story: Pick<Story, 'id'>) => (await lastPassage(stage.app, story)).writtenBy?.notes ?? []

describe('what the window does not show', () => {
  it('is found by the newest passages where Memory is off, and no model is asked', async () => {
    const story = await longStory({})
    const before = models.asked().length
    const { turnId } = await ask(story)
    expect(models.asked().slice(before)).toEqual(['main'])
    expect(models.prompts('main').at(-1)).toContain(PLANTED)
    const [note] = await notes(story)
    expect(note).toMatchObject({ kind: 'recalled', condensed: false })
    const planted = (await passagesOf(stage.app, story)).find(({ text }) => text === PLANTED)
    const [step] = await stage.app.ask('turns.steps', { turnId })
    expect(step).toMatchObject({ role: 'rag', state: 'complete', attempts: 0, provider: '' })
    expect(step?.result).toMatchObject({ kind: 'recalled', queries: [] })
    const found = step?.result?.kind === 'recalled' ? step.result.passages : []
    expect(found.map(({ messageId }) => messageId)).toContain(planted?.id)
  })

  it('is found by the queries that Memory writes', async () => {
    models.answer('rag', JSON.stringify({ queries: ['brass astrolabe'] }))
    const story = await longStory({ rag: { cadence: 'demand' } })
    const { turnId } = await stage.app.turn({
      storyId: story.id,
      kind: 'send',
      text: 'I try to remember.',
      roles: [roleId('rag')],
    })
    expect(models.prompts('main').at(-1)).toContain(PLANTED)
    const [step] = await stage.app.ask('turns.steps', { turnId })
    expect(step).toMatchObject({ role: 'rag', model: 'rag', result: { queries: ['brass astrolabe'] } })
  })

  it('is looked for again alone, and the story stays as it is', async () => {
    models.answer('rag', JSON.stringify({ queries: ['brass astrolabe'] }))
    const story = await longStory({ rag: { cadence: 'demand' } })
    const roles = [roleId('rag')]
    const { turnId } = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I try to remember.', roles })
    const before = models.asked().length
    const messages = [{ role: 'user' as const, content: 'Look for what glitters.' }]
    const { turnId: tried } = await stage.app.ask('turns.rerun', { turnId, position: 0, messages, alone: true })
    await stage.app.event('turn.ended', (payload) => payload.turnId === tried)
    expect(models.asked().slice(before)).toEqual(['rag'])
    expect(models.prompts('rag').at(-1)).toContain('Look for what glitters.')
    expect(await stage.app.ask('turns.steps', { turnId: tried })).toMatchObject([
      { role: 'rag', result: { kind: 'recalled', queries: ['brass astrolabe'] } },
    ])
    expect(await lastPassage(stage.app, story)).toMatchObject({ text: 'The next passage.' })
    expect((await lastPassage(stage.app, story)).alternatives).toHaveLength(1)
  })

  it('is found by the newest passages when the queries cannot be read, with a note', async () => {
    models.answer('rag', 'I do not know.')
    const story = await longStory({ rag: {} })
    expect((await ask(story)).outcome).toBe('complete')
    expect(models.prompts('main').at(-1)).toContain(PLANTED)
    expect(await notes(story)).toMatchObject([
      { kind: 'failed', role: 'rag', error: { code: 'answer_unusable' } },
      { kind: 'recalled' },
    ])
  })

  it('is skipped where the steps of roles that are off are skipped', async () => {
    const story = await longStory({ rag: null }, { useMainForUnset: false })
    await ask(story)
    expect(models.prompts('main').at(-1)).not.toContain(PLANTED)
    expect(await notes(story)).toEqual([])
  })

  it('is not recalled when the writer banned it', async () => {
    const story = await longStory({})
    const planted = (await passagesOf(stage.app, story)).find(({ text }) => text === PLANTED)
    if (!planted) throw new Error('The passage is gone')
    await stage.app.ask('memory.mark', { storyId: story.id, messageId: planted.id, mark: 'ban' })
    await ask(story)
    expect(models.prompts('main').at(-1)).not.toContain(PLANTED)
  })
})

describe('nothing is recalled', () => {
  it('while the window shows the whole story: no search, no section, no request', async () => {
    models.answer('rag', JSON.stringify({ queries: ['astrolabe'] }))
    models.answer('main', PLANTED)
    const story = await storyWithCast(stage, { rag: {} })
    await ask(story)
    await ask(story)
    expect(models.asked()).toEqual(['main', 'main'])
    expect(await notes(story)).toEqual([])
  })
})

it('has what does not fit retold, and says so', async () => {
  models.answer(
    'rag',
    JSON.stringify({ queries: ['baker loaves flour', 'goats in the snow'] }),
    'Marta hid the ASTROLABE under the stair.'
  )
  const story = await longStory({ rag: { cadence: 'demand' } }, {}, TINY, 15)
  await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I try to remember.', roles: [roleId('rag')] })
  expect(models.prompts('rag').at(-1)).toContain('Retell')
  expect(models.prompts('main').at(-1)).toContain('Marta hid the ASTROLABE under the stair.')
  expect(await notes(story)).toMatchObject([{ kind: 'recalled', condensed: true }])
})

it('goes on without a retelling that fails', async () => {
  models.answer(
    'rag',
    JSON.stringify({ queries: ['baker loaves flour', 'goats in the snow'] }),
    chatReply.error(400, 'no')
  )
  const story = await longStory({ rag: { cadence: 'demand' } }, {}, TINY, 15)
  const ended = await stage.app.turn({
    storyId: story.id,
    kind: 'send',
    text: 'I try to remember.',
    roles: [roleId('rag')],
  })
  expect(ended.outcome).toBe('complete')
  // What is short enough is recalled all the same.
  expect((await notes(story))[0]).toMatchObject({ kind: 'failed', role: 'rag' })
})

it('works with every other role in one turn: each reads what those before it left', async () => {
  const onDemand = { cadence: 'demand' } as const
  const story = await longStory({ director: onDemand, rag: onDemand, guard: onDemand, storyteller: null })
  models.answer('director', 'Beat: a BELL rings.')
  models.answer('rag', JSON.stringify({ queries: ['brass astrolabe'] }))
  models.answer('main', 'The draft.')
  models.answer('guard', JSON.stringify({ verdict: 'passes', contradictions: [] }))
  models.answer('storyteller', 'What the reader sees.')
  await stage.app.ask('stories.override', { id: story.id, role: roleId('storyteller'), changes: { enabled: true } })
  const before = models.asked().length
  const roles = ['director', 'rag', 'guard'].map(roleId)
  const ended = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'I try to remember.', roles })
  expect(ended.outcome).toBe('complete')
  expect(models.asked().slice(before)).toEqual(['director', 'rag', 'main', 'guard', 'storyteller'])
  expect(models.prompts('main').at(-1)).toContain('Beat: a BELL rings.')
  expect(models.prompts('main').at(-1)).toContain(PLANTED)
  expect(models.prompts('guard').at(-1)).toContain('The draft.')
  expect(models.prompts('guard').at(-1)).toContain(PLANTED)
  expect(models.prompts('storyteller').at(-1)).toContain('The draft.')
  expect((await passagesOf(stage.app, story)).slice(-2).map(({ text }) => text)).toEqual([
    'I try to remember.',
    'What the reader sees.',
  ])
  expect(await notes(story)).toMatchObject([
    { kind: 'planned' },
    { kind: 'recalled' },
    { kind: 'guard', outcome: 'passed', rewrites: 0 },
  ])
})

it('finds by words alone when the server that makes vectors is down, and says so', async () => {
  const vectors = await startFakeOpenAi()
  onTestFinished(vectors.stop)
  const settings = await fakeProvider(stage.app, vectors.url, { name: 'Vectors' })
  const story = await longStory({}, {}, SMALL, 6)
  const value = placed({ ...settings, model: 'fake-embedder' })
  await stage.app.ask('presets.setRole', { id: story.preset.id, role: roleId('embedding'), value })
  const remembered = async () => {
    const { state, chunks, vectors: made } = await stage.app.ask('memory.state', { storyId: story.id })
    return state === 'ready' && made === chunks
  }
  await expect.poll(remembered, { timeout: 30_000 }).toBe(true)
  await vectors.stop()
  expect((await ask(story)).outcome).toBe('complete')
  expect(models.prompts('main').at(-1)).toContain(PLANTED)
  expect(await notes(story)).toMatchObject([{ kind: 'recalled', wordsAlone: true }])
})

it('can be stopped: nothing is written, and the line stays', async () => {
  const story = await longStory({ rag: { cadence: 'demand' } })
  const gate = createGate()
  models.answer('rag', chatReply.stream(['{"quer', gate]))
  const before = models.asked().length
  const { turnId } = await stage.app.ask('turns.start', {
    storyId: story.id,
    kind: 'send',
    text: 'I try to remember.',
    roles: [roleId('rag')],
  })
  await gate.reached
  await stage.app.ask('turns.stop', { storyId: story.id })
  const ended = await stage.app.event('turn.ended', (payload) => payload.turnId === turnId)
  expect(ended).toMatchObject({ outcome: 'stopped', messageId: null, error: null })
  expect((await lastPassage(stage.app, story)).text).toBe('I try to remember.')
  expect(models.asked().slice(before)).toEqual(['rag'])
  gate.open()
})
