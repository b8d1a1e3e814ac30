import { createInstance } from 'i18next'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorShape } from '@contract/errors'
import { errorText } from '@renderer/components/error-text'
import english from '@resources/locales/en/errors.json'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, storyWith } from '@test/helpers/test-story'

const KEYS = ['sk-first-0123456789', 'sk-second-0123456789']

let app: TestCore
let fake: FakeOpenAi
beforeEach(async () => {
  app = await startTestCore()
  fake = await startFakeOpenAi({ keys: KEYS })
})
afterEach(async () => {
  await app.close()
  await fake.stop()
})

/** What the writer reads. */
const read = async (error: ErrorShape | null) => {
  const i18n = createInstance()
  await i18n.init({ lng: 'en', resources: { en: { errors: english } } })
  return errorText(error, i18n)
}
const failedTurn = async (settings: Parameters<typeof storyWith>[1]) => {
  const story = await storyWith(app, settings)
  return read((await app.turn({ storyId: story.id, kind: 'send', text: 'Go.' })).error)
}

describe('the text of an error says', () => {
  it('which key was refused', async () => {
    const settings = await fakeProvider(app, fake.url, { keys: ['sk-wrong-0123456789'] })
    expect((await failedTurn(settings)).what).toMatch(/ refused the key “Key 1”\.$/)
    const [token] = await app.ask('tokens.list', {})
    const refused = await app.refusal('tokens.check', { id: token?.id })
    expect((await read(refused)).what).toMatch(/ refused the key “Key 1”\.$/)
  })

  it('until when no key can be used, and which they are', async () => {
    const settings = await fakeProvider(app, fake.url, { keys: KEYS })
    fake.alwaysAnswerWith(chatReply.error(429, 'slow down', { 'retry-after': '600' }))
    const first = await failedTurn(settings)
    expect(first.what).toMatch(/ asks to slow down with the key “Key [12]”\.$/)
    expect(first.next).toMatch(/^Try again in 10 min/)
    const story = await storyWith(app, settings)
    const second = await read(await app.refusal('turns.start', { storyId: story.id, kind: 'send', text: 'Go.' }))
    expect(second.why).toBe('These keys are resting, out of credit, or refused: Key 1 and Key 2.')
    expect(second.next).toMatch(/^Try again in 10 min/)
  })

  it('how much a model takes, by its own word or else by the catalogue', async () => {
    const settings = await fakeProvider(app, fake.url, { keys: KEYS })
    fake.answerWith(
      chatReply.error(400, "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.")
    )
    expect((await failedTurn(settings)).why).toBe('It takes at most 8,192 tokens at once.')
    const { providerId } = settings
    await app.ask('models.create', { providerId, model: 'known', kind: 'chat', contextLength: 16_384 })
    fake.answerWith(chatReply.error(400, { message: 'Too long.', code: 'context_length_exceeded' }))
    expect((await failedTurn({ ...settings, model: 'known' })).why).toBe('It takes at most 16,384 tokens at once.')
  })
})
