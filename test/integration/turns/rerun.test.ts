import { beforeEach, describe, expect, it } from 'vitest'
import { TurnId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { createGate } from '@test/helpers/gate'
import { chatReply } from '@test/helpers/chat-reply'
import { createRoleModels, storyWithCast, type RoleModels } from '@test/helpers/role-models'
import { lastPassage } from '@test/helpers/test-story'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let models: RoleModels
beforeEach(async () => {
  stage = await openStage()
  models = createRoleModels(stage)
  models.answer('director', 'Beat: a BELL rings.')
  models.answer('main', 'The draft.')
  models.answer('storyteller', 'The tale.')
})

const changed = (content: string) => [{ role: 'user' as const, content }]

async function rerun(turnId: TurnId, position: number, words: string): Promise<TurnId> {
  const started = await stage.app.ask('turns.rerun', { turnId, position, messages: changed(words) })
  await stage.app.event('turn.ended', (payload) => payload.turnId === started.turnId)
  return started.turnId
}

describe('a step whose messages the writer has changed', () => {
  it('is taken again with them, and what follows too; what came before keeps its answer', async () => {
    const story = await storyWithCast(stage, { director: {}, storyteller: {} })
    const first = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    models.answer('main', 'Another draft.')
    models.answer('storyteller', 'Another tale.')
    const again = await rerun(first.turnId, 1, 'Write about the BELL instead.')

    expect(models.asked()).toEqual(['director', 'main', 'storyteller', 'main', 'storyteller'])
    expect(models.prompts('main')[1]).toContain('Write about the BELL instead.')
    expect(models.prompts('storyteller')[1]).toContain('Another draft.')
    expect(await stage.app.ask('turns.steps', { turnId: again })).toMatchObject([
      { role: 'main', messages: changed('Write about the BELL instead.'), answer: 'Another draft.' },
      { role: 'storyteller', answer: 'Another tale.' },
    ])
    // An alternative: the passage before it is still there.
    const passage = await lastPassage(stage.app, story)
    expect(passage).toMatchObject({ text: 'Another tale.', alternatives: [first.messageId, passage.id] })
    expect(await stage.texts(story)).toEqual(['Go.', 'Another tale.'])
  })

  it('may be the last one alone: the draft that it tells anew is the one there was', async () => {
    const story = await storyWithCast(stage, { storyteller: {} })
    const first = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    models.answer('storyteller', 'Told again.')
    await rerun(first.turnId, 1, 'Tell it in one sentence.')
    expect(models.asked()).toEqual(['main', 'storyteller', 'storyteller'])
    expect((await lastPassage(stage.app, story)).text).toBe('Told again.')
  })

  it('is not paid for with what the Guard and Memory said before it: that is kept, and stays to be read', async () => {
    const { app, fake } = stage
    const found = { quote: 'The draft.', source: 'P1', canon: 'Go.', why: 'No.', severity: 'high' }
    models.answer('guard', JSON.stringify({ verdict: 'contradicts', contradictions: [found] }))
    models.answer('rag', JSON.stringify({ queries: ['brass astrolabe'] }))
    const main = { samplers: { num_ctx: 1600, max_tokens: 200 } }
    const options = { main }
    const story = await storyWithCast(stage, { guard: { rewrites: 0 }, rag: {}, storyteller: {} }, options)
    models.answer('main', 'Old Marta hid the brass astrolabe under the third stair. '.repeat(12))
    models.answer('storyteller', 'Old Marta hid the brass astrolabe under the third stair. '.repeat(12))
    for (let told = 0; told < 6; told += 1) await app.turn({ storyId: story.id, kind: 'send', text: `Go ${told}.` })
    await expect.poll(async () => (await app.ask('memory.state', { storyId: story.id })).state).toBe('ready')
    models.answer('main', 'The draft.')
    const first = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const before = (await lastPassage(app, story)).writtenBy?.notes
    expect(before).toMatchObject([{ kind: 'recalled' }, { kind: 'guard', outcome: 'open' }])

    const asked = fake.chats().length
    const steps = await app.ask('turns.steps', { turnId: first.turnId })
    models.answer('storyteller', 'Told again.')
    await rerun(first.turnId, steps.length - 1, 'Tell it in one sentence.')
    expect(models.asked().slice(asked)).toEqual(['storyteller'])
    const { writtenBy } = await lastPassage(app, story)
    expect(writtenBy?.notes).toEqual(before?.map((note) => ({ ...note, turnId: first.turnId })))

    // What the Guard found then is what a retry mends.
    await app.turn({ storyId: story.id, kind: 'retry', revise: '' })
    expect(models.prompts('main').at(-1)).toContain('«The draft.»')
  })

  it('makes an alternative where the story has gone on since, and its later passages come back with the other one', async () => {
    const story = await storyWithCast(stage, {})
    const first = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    await stage.app.turn({ storyId: story.id, kind: 'send', text: 'On.' })
    models.answer('main', 'Otherwise.')
    await rerun(first.turnId, 0, 'Otherwise, please.')
    expect(await stage.texts(story)).toEqual(['Go.', 'Otherwise.'])
    if (!first.messageId) throw new Error('The first turn wrote nothing')
    await stage.app.ask('messages.choose', { id: first.messageId })
    expect(await stage.texts(story)).toEqual(['Go.', 'The draft.', 'On.', 'The draft.'])
  })

  it('is refused while a turn runs, and for a step that nobody kept', async () => {
    const { app } = stage
    const story = await storyWithCast(stage, { director: {} })
    const { turnId } = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const ask = (id: TurnId, position: number) =>
      app.ask('turns.rerun', { turnId: id, position, messages: changed('Again.') })
    await expect(ask(turnId, 9)).rejects.toMatchObject({ shape: { code: 'not_found' } })
    await expect(ask(newId(TurnId), 0)).rejects.toMatchObject({ shape: { code: 'not_found' } })
    const gate = createGate()
    models.answer('director', chatReply.stream(['Beat', gate]))
    const running = await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'On.' })
    await expect(ask(turnId, 1)).rejects.toMatchObject({ shape: { code: 'turn_running' } })
    await app.ask('turns.stop', { storyId: story.id })
    await app.event('turn.ended', (payload) => payload.turnId === running.turnId)
  })
})

describe('a step that is taken again alone', () => {
  const PASSES = JSON.stringify({ verdict: 'passes', contradictions: [] })
  const FINDS = JSON.stringify({
    verdict: 'contradicts',
    contradictions: [{ quote: 'The draft', source: 'R1', canon: 'Go.', why: 'No.', severity: 'high' }],
  })

  async function alone(turnId: TurnId, position: number): Promise<TurnId> {
    const input = { turnId, position, messages: changed('Otherwise, please.'), alone: true }
    const started = await stage.app.ask('turns.rerun', input)
    const ended = await stage.app.event('turn.ended', (payload) => payload.turnId === started.turnId)
    expect(ended).toMatchObject({ messageId: null })
    return started.turnId
  }

  it.each([
    { role: 'director', position: 0, answer: 'Beat: a DOOR slams.' },
    { role: 'main', position: 1, answer: 'Another draft.' },
    { role: 'guard', position: 2, answer: FINDS },
    { role: 'storyteller', position: 3, answer: 'Another tale.' },
  ])('answers as $role into a record of its own, and the story stays as it is', async ({ role, position, answer }) => {
    models.answer('guard', PASSES)
    const story = await storyWithCast(stage, { director: {}, guard: {}, storyteller: {} })
    const first = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    models.answer(role, answer)
    const before = models.asked().length
    const tried = await alone(first.turnId, position)
    expect(models.asked().slice(before)).toEqual([role])
    expect(models.prompts(role).at(-1)).toContain('Otherwise, please.')
    expect(await stage.app.ask('turns.steps', { turnId: tried })).toMatchObject([{ role, state: 'complete', answer }])
    const passage = await lastPassage(stage.app, story)
    expect(passage).toMatchObject({ id: first.messageId, text: 'The tale.', alternatives: [first.messageId] })
    expect(passage.writtenBy?.turnId).toBe(first.turnId)
    // How the story went on is still what the turn itself came to.
    expect(await stage.app.ask('turns.last', { storyId: story.id })).toMatchObject({ id: first.turnId })
    expect(await stage.app.ask('turns.alone', { turnId: first.turnId })).toMatchObject({
      of: null,
      tries: [{ turnId: tried, role }],
    })
    expect(await stage.app.ask('turns.alone', { turnId: tried })).toEqual({ of: first.turnId, tries: [] })
    // What was tried can be tried again, and taken on from there.
    const again = await rerun(tried, 0, 'And once more.')
    expect((await stage.app.ask('turns.steps', { turnId: again }))[0]).toMatchObject({ role })
    expect((await lastPassage(stage.app, story)).alternatives).toHaveLength(2)
  })

  it('says in its record why it failed, and nowhere else', async () => {
    const story = await storyWithCast(stage, { director: {} })
    const first = await stage.app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    models.answer('director', chatReply.error(401, 'bad key'))
    const tried = await alone(first.turnId, 0)
    expect(await stage.app.ask('turns.steps', { turnId: tried })).toMatchObject([
      { role: 'director', state: 'failed', error: { code: expect.any(String) } },
    ])
    expect(await stage.app.ask('turns.last', { storyId: story.id })).toMatchObject({ id: first.turnId, error: null })
    expect((await lastPassage(stage.app, story)).text).toBe('The draft.')
  })
})
