import { beforeEach, describe, expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import type { FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import type { TestCore } from '@test/helpers/test-core'
import { fakeProvider, lastPassage, storyWith } from '@test/helpers/test-story'
import { openStage } from '@test/helpers/turn-stage'

let app: TestCore
let fake: FakeOpenAi
beforeEach(async () => {
  ;({ app, fake } = await openStage())
})

const start = async (storyId: Parameters<TestCore['turn']>[0]['storyId']) =>
  (await app.ask('turns.start', { storyId, kind: 'send', text: 'Go.' })).turnId

/** A provider that goes on writing, and charging, after the writer said stop. */
describe('stopping a call', () => {
  it.each([
    ['before the headers', () => ({ status: 200, headers: {}, steps: [{ wait: createGate() }] })],
    ['after the headers', () => chatReply.bytes([{ do: 'headers' }, { wait: createGate() }])],
    ['in the middle of the text', () => chatReply.stream(['The door ', createGate(), 'opens'])],
  ])('closes the connection to the provider %s', async (_name, reply) => {
    fake.answerWith(reply())
    const story = await storyWith(app, await fakeProvider(app, fake.url))
    const turnId = await start(story.id)
    const request = await fake.nextRequest('/chat/completions')
    await app.ask('turns.stop', { storyId: story.id })
    const ended = await app.event('turn.ended', (payload) => payload.turnId === turnId)
    await request.ended
    expect(request.closedEarly).toBe(true)
    expect(ended).toMatchObject({ outcome: 'stopped', error: null })
    const calls = await app.ask('usage.ofTurn', { turnId })
    expect(calls).toMatchObject([{ outcome: 'stopped', errorCode: null, attempt: 1 }])
  })

  it('that waits for its turn takes it out of the queue: no request, no row, and the place stays whole', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream(['The door ', gate, 'opens.']))
    const settings = await fakeProvider(app, fake.url)
    const limits = { total: 1, perToken: null }
    await app.ask('providers.update', { id: settings.providerId, patch: { limits } })
    const [first, second, third] = [
      await storyWith(app, settings),
      await storyWith(app, settings),
      await storyWith(app, settings),
    ]
    const firstTurn = await start(first.id)
    await gate.reached
    const secondTurn = await start(second.id)
    const thirdTurn = await start(third.id)
    await app.ask('turns.stop', { storyId: second.id })
    await app.event('turn.ended', ({ turnId, outcome }) => turnId === secondTurn && outcome === 'stopped')
    expect(fake.chats()).toHaveLength(1)
    gate.open()
    for (const turn of [firstTurn, thirdTurn])
      await app.event('turn.ended', ({ turnId, outcome }) => turnId === turn && outcome === 'complete')
    expect(fake.chats()).toHaveLength(2)
    expect(await app.ask('usage.ofTurn', { turnId: secondTurn })).toEqual([])
    expect((await lastPassage(app, first)).text).toBe('The door opens.')
  })

  it('that runs lets the next one in', async () => {
    fake.answerWith(chatReply.stream(['The door ', createGate()]))
    const settings = await fakeProvider(app, fake.url, { keys: ['sk-only-0123456789'] })
    await app.ask('providers.update', { id: settings.providerId, patch: { limits: { total: null, perToken: 1 } } })
    const [first, second] = [await storyWith(app, settings), await storyWith(app, settings)]
    await start(first.id)
    await fake.nextRequest('/chat/completions')
    const secondTurn = await start(second.id)
    await app.ask('turns.stop', { storyId: first.id })
    const ended = await app.event('turn.ended', ({ turnId }) => turnId === secondTurn)
    expect(ended.outcome).toBe('complete')
  })

  it('does not use a key that was refused while the call waited for it', async () => {
    const gate = createGate()
    const keys = ['sk-first-0123456789', 'sk-second-0123456789']
    fake.answerWith({ ...chatReply.error(401, 'no'), steps: [{ wait: gate }, '{"error":{"message":"no"}}'] })
    const settings = await fakeProvider(app, fake.url, { keys })
    await app.ask('providers.update', { id: settings.providerId, patch: { limits: { total: null, perToken: 1 } } })
    const [first, second] = [await storyWith(app, settings), await storyWith(app, settings)]
    const turns = [await start(first.id)]
    await gate.reached
    turns.push(await start(second.id))
    gate.open()
    for (const turn of turns)
      await app.event('turn.ended', ({ turnId, outcome }) => turnId === turn && outcome === 'complete')
    const sent = fake.requestsTo('/chat/completions').map(({ headers }) => headers['authorization'])
    expect(sent.filter((header) => header === `Bearer ${keys[0]}`)).toHaveLength(1)
  })

  it('is no need when the user gives the waiting ones more room: they go on at once', async () => {
    fake.answerWith(chatReply.stream(['The door ', createGate()]))
    const settings = await fakeProvider(app, fake.url)
    const limitTo = (total: number) =>
      app.ask('providers.update', { id: settings.providerId, patch: { limits: { total, perToken: null } } })
    await limitTo(1)
    const [first, second] = [await storyWith(app, settings), await storyWith(app, settings)]
    await start(first.id)
    await fake.nextRequest('/chat/completions')
    const secondTurn = await start(second.id)
    await limitTo(2)
    const ended = await app.event('turn.ended', ({ turnId }) => turnId === secondTurn)
    expect(ended.outcome).toBe('complete')
  })
})
