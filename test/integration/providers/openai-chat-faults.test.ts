import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import { ProviderFailure } from '@main/providers/spec/failure'
import { chatReply } from '@test/helpers/chat-reply'
import { collect, connectTo, PLANTED_KEY, rejection } from '@test/helpers/connect'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { jsonReply, redirectReply, type Reply } from '@test/helpers/fake-server'
import { errorObject, faults } from './openai-chat-fault-cases'

let fake: FakeOpenAi
beforeEach(async () => {
  fake = await startFakeOpenAi()
})
afterEach(async () => {
  await fake.stop()
})

async function failWith(reply: Reply | null): Promise<ProviderFailure> {
  if (reply) fake.answerWith(reply)
  const request = { model: 'm', messages: [], parameters: {}, signal: new AbortController().signal }
  const failure = await rejection(collect(openAiChatProtocol.chat(connectTo('openrouter', fake.url), request)))
  if (!(failure instanceof ProviderFailure)) throw failure
  return failure
}

/** A wrong code sends a writer to the wrong remedy; a wrong `retryable` burns money or gives up too early. */
describe('a failing OpenAI-compatible provider', () => {
  it.each(faults)('$name', async ({ reply, code, retryable, reason, retryAfterMs }) => {
    const failure = await failWith(reply)
    expect({ code: failure.code, retryable: failure.retryable, retryAfterMs: failure.retryAfterMs }).toEqual({
      code,
      retryable,
      retryAfterMs,
    })
    expect(failure.details).toMatchObject({ provider: 'OpenRouter', host: new URL(fake.url).host, reason, model: 'm' })
  })

  it('is unreachable when nothing listens', async () => {
    await fake.goDown()
    const failure = await failWith(null)
    expect(failure).toMatchObject({ code: ProviderError.Unreachable, retryable: true, status: null })
    expect(failure.details['reason']).toBe('ECONNREFUSED')
  })

  it('says what the provider said, at most 300 characters of it', async () => {
    const failure = await failWith(chatReply.error(400, 'x'.repeat(1000)))
    expect(failure.details['providerMessage']).toBe('x'.repeat(300))
  })

  it('says what the provider behind OpenRouter said', async () => {
    const raw = JSON.stringify({ error: { message: 'the real reason' } })
    const failure = await failWith(chatReply.error(400, errorObject(400, 'Provider returned error', { raw })))
    expect(failure.details['providerMessage']).toBe('Provider returned error: the real reason')
  })
})

describe('a key', () => {
  /** Whoever copies the details of an error must not paste a key with them. */
  const everythingIn = (failure: ProviderFailure) =>
    [failure.message, failure.stack, JSON.stringify(failure.toShape()), String(failure.cause)].join('\n')

  it.each<[string, () => Reply]>([
    ['repeated by the provider', () => chatReply.error(401, `Incorrect API key provided: ${PLANTED_KEY}`)],
    ['repeated at the limit of the text', () => chatReply.error(401, `${'x'.repeat(290)}${PLANTED_KEY}`)],
    ['repeated in plain text', () => ({ ...jsonReply(''), status: 500, steps: [`key=${PLANTED_KEY}`] })],
    ['repeated inside a stream', () => chatReply.errorInStream(['a'], errorObject(500, `bad ${PLANTED_KEY}`))],
    ['repeated in a refusal', () => chatReply.refusal(`not for ${PLANTED_KEY}`)],
    ['put into a redirect', () => redirectReply(`http://127.0.0.1:9/?key=${PLANTED_KEY}`)],
  ])('is not in the error when it is %s', async (_name, reply) => {
    const everything = everythingIn(await failWith(reply()))
    expect(everything).not.toContain(PLANTED_KEY)
    expect(everything).not.toContain(PLANTED_KEY.slice(0, 8))
  })
})
