import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import type { FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, fakeProvider, lastPassage, passagesOf, storyWith } from '@test/helpers/test-story'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { openStage, type TurnStage } from '@test/helpers/turn-stage'

let stage: TurnStage
let app: TestCore
let fake: FakeOpenAi
beforeEach(async () => {
  stage = await openStage()
  ;({ app, fake } = stage)
})

describe('a turn', () => {
  it('takes the line, streams the passage, and says who wrote it', async () => {
    const usage = { prompt_tokens: 7, completion_tokens: 3 }
    fake.answerWith(chatReply.stream(['  The ', 'door ', 'opens.  '], { usage }))
    const story = await stage.story()
    await app.ask('stories.saveDraft', { id: story.id, draft: 'I open the door.' })
    const ended = await app.turn({ storyId: story.id, kind: 'send', text: ' I open the door. ' })
    expect(ended).toMatchObject({ outcome: 'complete', error: null })
    const [line, passage] = await passagesOf(app, story)
    expect(line).toMatchObject({ author: 'writer', text: 'I open the door.', state: 'complete' })
    expect(passage).toMatchObject({
      id: ended.messageId,
      author: 'story',
      text: 'The door opens.',
      state: 'complete',
      writtenBy: { role: 'main', provider: 'Fake', model: 'fake-model', inputTokens: 7, outputTokens: 3, cost: null },
    })
    expect((await app.ask('stories.get', { id: story.id })).draft).toBe('')
    const shown = app.events.filter((event) => event.name === 'turn.delta').map(({ payload }) => payload.text)
    expect(shown.join('').trimEnd()).toBe('The door opens.')
    expect(stage.sent()[0]?.at(-1)).toEqual({ role: 'user', content: 'I open the door.' })
  })

  it('goes on by itself when the writer says nothing', async () => {
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: '   ' })
    expect(await passagesOf(app, story)).toHaveLength(1)
    expect(stage.sent()[0]?.at(-1)?.content).toMatch(/^\[The writer adds nothing/)
  })

  it('that the token limit ends is cut', async () => {
    fake.answerWith(chatReply.stream(['The door'], { finish: 'length' }))
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(await lastPassage(app, story)).toMatchObject({ text: 'The door', state: 'cut' })
  })

  it('writes another alternative on retry, and keeps the first', async () => {
    fake.answerWith(chatReply.stream(['One.']), chatReply.stream(['Two.']))
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const first = await lastPassage(app, story)
    await app.turn({ storyId: story.id, kind: 'retry' })
    const second = await lastPassage(app, story)
    expect(second.text).toBe('Two.')
    expect(second.alternatives).toEqual([first.id, second.id])
    expect(stage.sent()[1]).toEqual(stage.sent()[0])
    await app.ask('messages.choose', { id: first.id })
    expect((await lastPassage(app, story)).text).toBe('One.')
  })

  it('has nothing to retry in an empty story', async () => {
    const story = await stage.story()
    const refusal = await app.refusal('turns.start', { storyId: story.id, kind: 'retry' })
    expect(refusal.code).toBe('nothing_to_retry')
  })

  it('completes a passage that was stopped, as an alternative that begins with its words', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream(['The door opens slow', gate]), chatReply.stream(['slowly, and a cat comes out.']))
    const story = await stage.story()
    await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await app.event('turn.delta')
    await app.ask('turns.stop', { storyId: story.id })
    expect(await app.event('turn.ended')).toMatchObject({ outcome: 'stopped', error: null })
    const stopped = await lastPassage(app, story)
    expect(stopped).toMatchObject({ state: 'stopped', text: 'The door opens slow' })
    await app.turn({ storyId: story.id, kind: 'continue' })
    const whole = await lastPassage(app, story)
    expect(whole).toMatchObject({ state: 'complete', text: 'The door opens slowly, and a cat comes out.' })
    expect(whole.alternatives).toEqual([stopped.id, whole.id])
    expect(stage.sent()[1]?.at(-2)).toEqual({ role: 'assistant', content: 'The door opens ' })
    expect(stage.sent()[1]?.at(-1)?.content).toMatch(/breaks off/)
    gate.open()
  })

  it('goes on after a passage that is complete', async () => {
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    await app.turn({ storyId: story.id, kind: 'continue' })
    expect((await passagesOf(app, story)).map(({ author }) => author)).toEqual(['writer', 'story', 'story'])
  })

  it('stopped before the first word leaves the line and no passage, and really ends the call', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream([gate]), chatReply.stream(['Now.']))
    const story = await stage.story()
    await app.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    const request = await fake.nextRequest('/chat/completions')
    await gate.reached
    await app.ask('turns.stop', { storyId: story.id })
    expect(await app.event('turn.ended')).toMatchObject({ outcome: 'stopped', messageId: null, error: null })
    await request.ended
    expect(request.closedEarly).toBe(true)
    expect(await stage.texts(story)).toEqual(['Go.'])
    await app.turn({ storyId: story.id, kind: 'retry' })
    expect(await stage.texts(story)).toEqual(['Go.', 'Now.'])
    gate.open()
  })

  it('that fails midway keeps its words, and says why', async () => {
    fake.answerWith(chatReply.errorInStream(['The door '], { message: 'gone', code: 502 }))
    const story = await stage.story()
    const ended = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(ended).toMatchObject({ outcome: 'failed', error: { code: 'provider_server_failed' } })
    expect(await lastPassage(app, story)).toMatchObject({ state: 'failed', text: 'The door ' })
  })

  it('that fails before the first word leaves no passage', async () => {
    fake.answerWith(chatReply.error(400, 'no'))
    const story = await stage.story()
    const ended = await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect(ended).toMatchObject({ outcome: 'failed', messageId: null })
    expect(await stage.texts(story)).toEqual(['Go.'])
  })

  it('is the only one in its story, and one of many in others', async () => {
    const gate = createGate()
    fake.answerWith(chatReply.stream(['One', gate]))
    const first = await stage.story()
    const second = await storyWith(app, await demoSettings(app))
    await app.ask('turns.start', { storyId: first.id, kind: 'send', text: 'Go.' })
    await app.event('turn.delta')
    const refused = await app.refusal('turns.start', { storyId: first.id, kind: 'retry' })
    expect(refused).toMatchObject({ code: 'turn_running', retryable: true })
    expect((await app.turn({ storyId: second.id, kind: 'send', text: 'Go.' })).outcome).toBe('complete')
    expect(await app.ask('turns.active', { storyId: first.id })).toMatchObject({ role: 'main', text: 'One' })
    const { id } = await lastPassage(app, first)
    for (const [route, input] of [
      ['messages.delete', { id }],
      ['messages.choose', { id }],
      ['messages.edit', { id, text: 'x' }],
      ['stories.delete', { id: first.id }],
    ] as const)
      expect(await app.refusal(route, input)).toMatchObject({ code: 'turn_running' })
    gate.open()
    await app.event('turn.ended', ({ storyId }) => storyId === first.id)
    expect(await app.ask('turns.active', { storyId: first.id })).toBeNull()
  })

  it('is refused in a story that was deleted', async () => {
    const story = await stage.story()
    await app.ask('stories.delete', { id: story.id })
    const refused = await app.refusal('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    expect(refused).toMatchObject({ code: 'not_found' })
  })

  it('that cannot begin leaves the draft where it is', async () => {
    const story = await storyWith(app, {})
    await app.ask('stories.saveDraft', { id: story.id, draft: 'My line.' })
    const refused = await app.refusal('turns.start', { storyId: story.id, kind: 'send', text: 'My line.' })
    expect(refused).toMatchObject({ code: 'role_without_model', details: { role: 'main' } })
    expect((await app.ask('stories.get', { id: story.id })).draft).toBe('My line.')
    expect(await passagesOf(app, story)).toEqual([])
  })

  it('keeps a story readable whatever the provider counts', async () => {
    fake.answerWith(
      chatReply.stream(['One.'], { usage: { prompt_tokens: 1.5, completion_tokens: -3, cost: -0.01 } }),
      chatReply.stream(['Two.'], { usage: { prompt_tokens: 1e300, completion_tokens: 0, cost: 0 } })
    )
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    expect((await lastPassage(app, story)).writtenBy).toMatchObject({ outputTokens: null, cost: null })
    await app.turn({ storyId: story.id, kind: 'send', text: 'On.' })
    expect((await lastPassage(app, story)).text).toBe('Two.')
  })

  it('always sends the line, even one that is longer than the window', async () => {
    const story = await stage.story()
    await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })
    const line = 'I walk on and on. '.repeat(4000).trim()
    await app.turn({ storyId: story.id, kind: 'send', text: line })
    expect(stage.sent()[1]?.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(stage.sent()[1]?.at(-1)?.content).toBe(line)
  })

  it('is there, as far as it came, after the app was closed in the middle of it', async () => {
    const folder = temporaryFolder()
    onTestFinished(folder.remove)
    const gate = createGate()
    fake.answerWith(chatReply.stream(['The door opens', gate]))
    const first = await startTestCore({ dataDir: folder.path })
    const story = await storyWith(first, await fakeProvider(first, fake.url))
    await first.ask('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' })
    await first.event('turn.delta')
    await first.close()
    gate.open()
    const second = await startTestCore({ dataDir: folder.path })
    onTestFinished(() => second.close())
    expect(await lastPassage(second, story)).toMatchObject({ state: 'stopped', text: 'The door opens' })
    expect((await second.ask('app.status', {})).storageProblem).toBeNull()
  })
})
