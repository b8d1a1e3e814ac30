import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { TurnId } from '@contract/ids'
import { openDatabaseForReading } from '@main/data/database'
import { newId } from '@main/platform/ids'
import { madeStep } from '@test/helpers/made-step'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { startTestCore } from '@test/helpers/test-core'
import { fakeProvider, lastPassage, storyWith } from '@test/helpers/test-story'
import { addStory, testStores } from '@test/helpers/test-stores'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
beforeEach(async () => {
  stage = await openStage()
})

const count = (sql: string): unknown => {
  const db = openDatabaseForReading(join(stage.app.dataDir, 'fabula.sqlite'))
  onTestFinished(() => void db.close())
  return db.prepare(sql).pluck().get()
}

const NOW = '2026-01-02T03:04:05.000Z'

const stepThatSent = (content: string) => madeStep({ messages: [{ role: 'user', content }], answer: 'An answer.' })

describe('what is kept of a turn', () => {
  it('is what each step really sent and really got', async () => {
    const { app, fake } = stage
    const settings = await fakeProvider(app, fake.url, { keys: ['sk-fake-key-number-1'] })
    const story = await storyWith(
      app,
      { ...settings, model: 'drafter', samplers: { temperature: 0.3 } },
      { ...settings, model: 'teller' }
    )
    fake.answerWith(
      chatReply.stream(['  The DRAFT. '], {
        reasoning: ['Let me ', 'think.'],
        usage: { prompt_tokens: 7, completion_tokens: 3, cost: 0.25 },
      }),
      chatReply.stream(['The TALE.'])
    )
    const ended = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const [line] = (await app.ask('messages.page', { storyId: story.id })).messages
    expect(await app.ask('turns.last', { storyId: story.id })).toMatchObject({
      id: ended.turnId,
      kind: 'send',
      state: 'complete',
      parentId: line?.id,
      messageId: ended.messageId,
      error: null,
    })
    const [draft, tale, ...more] = await app.ask('turns.steps', { turnId: ended.turnId })
    expect(more).toEqual([])
    expect(draft).toMatchObject({
      position: 0,
      role: 'main',
      state: 'complete',
      provider: 'Fake',
      model: 'drafter',
      tokenName: 'Key 1',
      attempts: 1,
      messages: stage.sent()[0],
      parameters: { temperature: 0.3 },
      answer: '  The DRAFT. ',
      reasoning: 'Let me think.',
      inputTokens: 7,
      outputTokens: 3,
      cost: 0.25,
      error: null,
    })
    expect(draft?.parts.map(({ id, leftOut }) => [id, leftOut])).toEqual([
      ['instructions', 0],
      ['history', 0],
      ['line', 0],
    ])
    expect(draft?.window).toBeGreaterThan(1000)
    expect(draft?.settings).toContainEqual({ path: 'samplers.temperature', value: 0.3, origin: 'preset' })
    expect(draft?.firstTokenMs).toBeGreaterThanOrEqual(0)
    expect(draft?.totalMs).toBeGreaterThanOrEqual(draft?.firstTokenMs ?? 0)
    expect(tale).toMatchObject({ position: 1, role: 'storyteller', model: 'teller', messages: stage.sent()[1] })
    expect(JSON.stringify([draft, tale])).not.toContain('sk-fake-key')
  })

  it('holds no key, wherever a user wrote it or a model repeats it', async () => {
    const { app, fake } = stage
    const secret = 'sk-fake-key-number-1'
    const settings = await fakeProvider(app, fake.url, { keys: [secret] })
    const story = await storyWith(app, { ...settings, custom: { note: `mine is ${secret}` } })
    fake.answerWith(chatReply.stream([`You use ${secret}.`]))
    const { turnId } = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const steps = await app.ask('turns.steps', { turnId })
    expect(steps).toMatchObject([{ parameters: { note: 'mine is [redacted]' }, answer: 'You use [redacted].' }])
    expect(JSON.stringify(steps)).not.toContain(secret)

    await app.ask('messages.edit', { id: (await lastPassage(app, story)).id, text: `Once again: ${secret}.` })
    fake.answerWith(chatReply.stream(['More.']))
    const next = await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })
    const file = await app.ask('turns.export', { turnId: next.turnId })
    expect(file.fileName).toMatch(/^fabula-turn-\d{4}-\d\d-\d\d-\w+\.json$/)
    expect(file.text).not.toContain(secret)
    expect(JSON.parse(file.text)).toMatchObject({
      format: 'fabula-turn',
      turn: { id: next.turnId },
      steps: [{ role: 'main', answer: 'More.', settings: expect.any(Array) }],
      attempts: [{ attempt: 1, tokenName: 'Key 1' }],
    })
  })

  it('has no secret in its file: not of a header, nor of the body, nor of what a failing server says back', async () => {
    const { app, fake } = stage
    const [key, header] = ['sk-planted-key-in-the-vault', 'planted-value-of-a-header']
    const settings = await fakeProvider(app, fake.url, { keys: [key] })
    const patch = { headers: { 'X-Workshop-Secret': header } }
    await app.ask('providers.update', { id: settings.providerId, patch })
    const story = await storyWith(app, { ...settings, custom: { note: `mine are ${key} and ${header}` }, retries: 0 })
    const said = `${key} and ${header} are refused, and so is Bearer ${key}`
    fake.alwaysAnswerWith(() => chatReply.error(400, said))
    const { turnId } = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const { text } = await app.ask('turns.export', { turnId })
    // The server was sent both, and what it said is in the file.
    expect(fake.requests.some(({ headers }) => headers['x-workshop-secret'] === header)).toBe(true)
    expect(text).toContain('are refused')
    expect(text).not.toContain(key)
    expect(text).not.toContain(header)
  })

  it('counts the attempts, and keeps what the last one sent', async () => {
    const { app, fake } = stage
    fake.answerWith(chatReply.error(500, 'no'), chatReply.stream(['One.']))
    const story = await stage.story({ retries: 1 })
    const { turnId } = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const steps = await app.ask('turns.steps', { turnId })
    expect(steps).toMatchObject([{ state: 'complete', attempts: 2, answer: 'One.', messages: stage.sent()[1] }])
  })

  it('has the step that failed, with what had come of it', async () => {
    const { app, fake } = stage
    fake.answerWith(chatReply.errorInStream(['The door '], { message: 'gone', code: 502 }))
    const story = await stage.story()
    const { turnId } = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const error = { code: 'provider_server_failed' }
    expect(await app.ask('turns.last', { storyId: story.id })).toMatchObject({ id: turnId, state: 'failed', error })
    expect(await app.ask('turns.steps', { turnId })).toMatchObject([{ state: 'failed', answer: 'The door ', error }])
  })

  it('is there while the turn runs, and says when it was stopped', async () => {
    const { app, fake } = stage
    const gate = createGate()
    fake.answerWith(chatReply.stream(['The door', gate]))
    const story = await stage.story()
    const { turnId } = await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    const { messageId } = await app.event('turn.delta')
    expect(await app.ask('turns.last', { storyId: story.id })).toMatchObject({ state: 'running', messageId })
    expect(await app.ask('turns.steps', { turnId })).toMatchObject([{ state: 'running', messages: stage.sent()[0] }])
    await app.ask('turns.stop', { storyId: story.id })
    await app.event('turn.ended')
    expect(await app.ask('turns.last', { storyId: story.id })).toMatchObject({ state: 'stopped', error: null })
    expect(await app.ask('turns.steps', { turnId })).toMatchObject([{ state: 'stopped', answer: 'The door' }])
    gate.open()
  })

  it('keeps each message once, however often it is sent', async () => {
    const { app, fake } = stage
    const story = await stage.story()
    for (let turn = 0; turn < 5; turn += 1) {
      fake.answerWith(chatReply.stream([`Passage ${turn}.`]))
      await app.turn({ storyId: story.id, kind: 'send', text: `Line ${turn}.` })
    }
    // The instructions, five lines, and the four passages that were sent back.
    expect(count('SELECT count(*) FROM sent_messages')).toBe(10)
    const last = await app.ask('turns.last', { storyId: story.id })
    if (!last) throw new Error('The story has no turn')
    expect((await app.ask('turns.steps', { turnId: last.id }))[0]?.messages).toEqual(stage.sent()[4])
  })

  it('is planned without a call: the same messages, and how they share the window', async () => {
    const { app, fake } = stage
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const planned = await app.ask('turns.plan', { storyId: story.id, kind: 'send', text: 'On.' })
    expect(fake.chats()).toHaveLength(1)
    expect(planned).toMatchObject([{ role: 'main', model: 'fake-model', window: 8192, answer: 1024 }])
    expect(planned[0]?.parts.map(({ id }) => id)).toEqual(['instructions', 'history', 'line'])
    await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })
    expect(planned[0]?.messages).toEqual(stage.sent()[1])
  })
})

describe('what was sent and answered', () => {
  it('of a passage goes with it, when that is removed for good', async () => {
    const { app, fake } = stage
    const settings = await fakeProvider(app, fake.url)
    const story = await storyWith(app, settings, settings)
    const tell = async (line: string, draft: string, tale: string) => {
      fake.answerWith(chatReply.stream([draft]), chatReply.stream([tale]))
      return app.turn({ storyId: story.id, kind: 'send', text: line })
    }
    const { messageId } = await tell('Go.', 'The planted draft.', 'The planted tale.')
    await tell('On.', 'Another draft.', 'Another tale.')
    const planted = () => [
      count("SELECT count(*) FROM sent_messages WHERE content LIKE '%planted%'"),
      count("SELECT count(*) FROM turn_steps WHERE answer LIKE '%planted%'"),
    ]
    // As a draft that was handed on and as history; as the answers of two steps.
    expect(planted()).toEqual([2, 2])
    await app.ask('messages.delete', { id: messageId ?? '' })
    await app.ask('bin.delete', { kind: 'passage', id: messageId ?? '' })
    expect(planted()).toEqual([0, 0])
    const last = await app.ask('turns.last', { storyId: story.id })
    const steps = last ? await app.ask('turns.steps', { turnId: last.id }) : []
    expect(steps.map(({ answer }) => answer)).toEqual(['Another draft.', 'Another tale.'])
  })

  it('in a story goes with it a little at a time', () => {
    const { db, stores } = testStores()
    onTestFinished(() => void db.close())
    const storyId = addStory(stores)
    for (let index = 0; index < 20; index += 1) {
      const id = newId(TurnId)
      const ended = { parentId: null, messageId: null, error: null, startedAt: NOW, endedAt: NOW }
      stores.turns.insert({ ...ended, id, storyId, kind: 'send', state: 'complete' })
      stores.turns.saveStep({ id, storyId }, stepThatSent(`Line ${index}.`))
    }
    stores.stories.setDeleted(storyId, NOW)
    let parts = 0
    while (stores.stories.removePartBefore('2027-01-01T00:00:00.000Z')) parts += 1
    expect(parts).toBeGreaterThan(5)
    for (const table of ['stories', 'turns', 'turn_steps', 'sent_messages'])
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0)
  })
})

describe('the failure of a turn', () => {
  it('belongs to the story, also after a restart, until the next turn', async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const { fake } = stage
    fake.answerWith(chatReply.error(400, 'no'), chatReply.stream(['Now.']))
    const first = await startTestCore({ dataDir: folder.path })
    const story = await storyWith(first, await fakeProvider(first, fake.url))
    expect(await first.ask('turns.last', { storyId: story.id })).toBeNull()
    const ended = await first.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const failed = { id: ended.turnId, state: 'failed', messageId: null, error: ended.error }
    expect(await first.ask('turns.last', { storyId: story.id })).toMatchObject(failed)
    await first.close()
    const second = await startTestCore({ dataDir: folder.path })
    onTestFinished(() => second.close())
    expect(await second.ask('turns.last', { storyId: story.id })).toMatchObject(failed)
    await second.turn({ storyId: story.id, kind: 'retry' })
    expect(await second.ask('turns.last', { storyId: story.id })).toMatchObject({ state: 'complete', error: null })
  })

  it('is that the app was closed, when no word had come by then', async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const gate = createGate()
    stage.fake.answerWith(chatReply.stream([gate]))
    const first = await startTestCore({ dataDir: folder.path })
    const story = await storyWith(first, await fakeProvider(first, stage.fake.url))
    await first.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await gate.reached
    await first.close()
    gate.open()
    const second = await startTestCore({ dataDir: folder.path })
    onTestFinished(() => second.close())
    expect(await second.ask('turns.last', { storyId: story.id })).toMatchObject({
      state: 'failed',
      error: { code: 'turn_interrupted', retryable: true },
    })
  })
})
