import { describe, expect, it, onTestFinished } from 'vitest'
import { ProviderError } from '@contract/errors'
import { withinAnswerLimit } from '@main/providers/kit/answer-stream'
import { checkedLines } from '@main/providers/kit/ndjson'
import { protocolFor } from '@main/providers/registry'
import { collect, connectTo, rejection, textOf } from '@test/helpers/connect'
import { chunk, head, startRawServer, whole } from '@test/helpers/raw-server'
import { speeches } from '@test/helpers/speech'
import { useSmallLimits } from '@test/helpers/small-limits'

/** Small enough to be filled quickly; how much each limit is, is no matter of these tests. */
useSmallLimits({ line: 5_000_000, answer: 2000, stream: 5_000_000, body: 50_000, models: 100, errorMs: 200 })

const { signal } = new AbortController()
const request = { model: 'm', messages: [{ role: 'user' as const, content: 'Go.' }], parameters: {}, signal }

async function serve() {
  const server = await startRawServer()
  onTestFinished(server.stop)
  return server
}

/** Where each protocol finds its list of models, and what a list of so many looks like. */
const lists = {
  'openai-chat': { slug: 'openai', path: '/models', list: (ids: string[]) => ({ data: ids.map((id) => ({ id })) }) },
  anthropic: { slug: 'anthropic', path: '/models', list: (ids: string[]) => ({ data: ids.map((id) => ({ id })) }) },
  ollama: { slug: 'ollama', path: '/api/tags', list: (ids: string[]) => ({ models: ids.map((name) => ({ name })) }) },
}

describe.each(Object.values(speeches))('$protocol', ({ protocol, type, text, end, finish }) => {
  const { slug, path, list } = lists[protocol]

  it('ends an answer that does not end by itself, and keeps what had come', async () => {
    const server = await serve()
    const stream = [
      head(200, { 'content-type': type, 'transfer-encoding': 'chunked' }),
      { forever: chunk(text('And on. ')) },
    ]
    for (const at of ['/chat/completions', '/messages', '/api/chat']) server.answerAt(at, stream)
    const answer = (await protocolFor(protocol)).chat(connectTo(slug, server.origin), request)
    let read = ''
    const failure = await rejection(
      (async () => {
        for await (const event of answer) if (event.type === 'text') read += event.text
      })()
    )
    expect(failure).toMatchObject({ code: ProviderError.TooLarge, retryable: false, details: { reason: 'answer' } })
    expect(read.length).toBeGreaterThan(1900)
    expect(read.length).toBeLessThanOrEqual(2000)
  })

  it('takes an answer up to the limit', async () => {
    const server = await serve()
    const body = text('x'.repeat(2000)) + finish() + end
    for (const at of ['/chat/completions', '/messages', '/api/chat']) server.answerAt(at, whole(200, body, type))
    const events = await collect((await protocolFor(protocol)).chat(connectTo(slug, server.origin), request))
    expect(textOf(events)).toHaveLength(2000)
  })

  it.each([
    ['models', (ids: string[]) => JSON.stringify(list(ids))],
    ['body', (ids: string[]) => `${JSON.stringify(list(ids.slice(0, 3)))}${' '.repeat(60_000)}`],
  ])('refuses a list that is too long: %s', async (reason, body) => {
    const server = await serve()
    const ids = Array.from({ length: 101 }, (_, index) => `gpt-${index}`)
    server.answerAt(path, whole(200, body(ids)))
    const models = (await protocolFor(protocol)).listModels(connectTo(slug, server.origin), signal)
    expect(await rejection(collect(models))).toMatchObject({ code: ProviderError.TooLarge, details: { reason } })
  })
})

it('reads reasoning as a part of the answer that is limited', async () => {
  async function* thinking() {
    for (;;) yield { type: 'reasoning' as const, text: 'Hm. ' }
  }
  const answer = withinAnswerLimit(connectTo('openai', 'http://127.0.0.1:9'), thinking())
  expect(await rejection(collect(answer))).toMatchObject({ code: ProviderError.TooLarge })
})

it('reads a long line of JSON once, however small its pieces are', async () => {
  const piece = new TextEncoder().encode('x'.repeat(40))
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1
      if (sent === 1) controller.enqueue(new TextEncoder().encode('{"done":true,"text":"'))
      else if (sent < 100_000) controller.enqueue(piece)
      else {
        controller.enqueue(new TextEncoder().encode('"}\n'))
        controller.close()
      }
    },
  })
  const lines = checkedLines(connectTo('ollama', 'http://127.0.0.1:9'), new Response(body), () => true)
  const answer: unknown = await lines.json()
  expect(answer).toHaveProperty('text.length', 40 * 99_998)
})
