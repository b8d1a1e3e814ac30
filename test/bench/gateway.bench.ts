import { Agent, createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { openGateway } from '@test/helpers/gateway-stage'
import { startTestCore } from '@test/helpers/test-core'
import { fakeProvider } from '@test/helpers/test-story'

/**
 * What the gateway adds to a streamed call over asking the provider directly: to the first byte and to the whole, at the
 * median and at the 99th percentile; and how many calls it carries in a second. The provider writes as models do, 50
 * words a second. Program, gateway and provider share one core here. The aim is under 2 ms at the median.
 */
const PARALLEL = [1, 16, 64]
const WORDS = 10
/** From so many to twice as many, so that calls do not all come at the same moment. */
const FIRST_WORD_MS = 20
const SPREAD = 16
const WORD_MS = 20
const CALLS = { 1: 48, 16: 320, 64: 640 } as const
/** Without pauses, to see how many calls fit into a second. */
const AT_ONCE = { calls: 800, parallel: 16 }

interface Timing {
  firstByte: number
  whole: number
}

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0

const chunk = (delta: Record<string, string>, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'fake-model', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`

/** A provider that costs as little as can be. */
async function startProvider() {
  let pauses = true
  let asked = 0
  const write = (response: ServerResponse, word: number) => {
    if (word === WORDS) return void response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
    response.write(chunk({ content: `word ${word} ` }))
    if (pauses) setTimeout(() => write(response, word + 1), WORD_MS)
    else write(response, word + 1)
  }
  const server = createServer((incoming, response) => {
    incoming.resume()
    incoming.on('end', () => {
      asked += 1
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      if (pauses) setTimeout(() => write(response, 0), FIRST_WORD_MS * (1 + (asked % SPREAD) / SPREAD))
      else write(response, 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    withoutPauses: () => (pauses = false),
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

const call = (base: string, model: string) =>
  new Promise<Timing>((resolve, reject) => {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], stream: true })
    const began = performance.now()
    let firstByte = 0
    const sent = request(`${base}/chat/completions`, { method: 'POST', agent }, (response) => {
      response.on('data', () => (firstByte ||= performance.now() - began))
      response.on('end', () => resolve({ firstByte, whole: performance.now() - began }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** So many calls, so many of them at a time. */
async function calls(base: string, model: string, count: number, parallel: number): Promise<Timing[]> {
  const timings: Timing[] = []
  let left = count
  const one = async (_: unknown, at: number) => {
    await new Promise((resolve) => setTimeout(resolve, (at * WORDS * WORD_MS) / parallel))
    while (left > 0) {
      left -= 1
      timings.push(await call(base, model))
    }
  }
  await Promise.all(Array.from({ length: parallel }, one))
  return timings
}

describe('the gateway', () => {
  it('adds little to a call', { timeout: 300_000 }, async () => {
    const app = await startTestCore({ backgroundWork: false })
    const provider = await startProvider()
    await fakeProvider(app, provider.url)
    const gateway = await openGateway(app)
    const direct = (count: number, parallel: number) => calls(provider.url, 'fake-model', count, parallel)
    const through = (count: number, parallel: number) => calls(gateway.url, 'fake/fake-model', count, parallel)
    await through(64, 16)
    for (const parallel of PARALLEL) {
      const count = CALLS[parallel as keyof typeof CALLS]
      const [bare, all] = [await direct(count, parallel), await through(count, parallel)]
      const added = (what: keyof Timing, part: number) =>
        (
          percentile(
            all.map((one) => one[what]),
            part
          ) -
          percentile(
            bare.map((one) => one[what]),
            part
          )
        ).toFixed(1)
      console.log(
        `${parallel} at a time: first byte +${added('firstByte', 0.5)} ms (p99 +${added('firstByte', 0.99)} ms), whole +${added('whole', 0.5)} ms (p99 +${added('whole', 0.99)} ms)`
      )
    }
    provider.withoutPauses()
    const began = performance.now()
    await through(AT_ONCE.calls, AT_ONCE.parallel)
    const perSecond = AT_ONCE.calls / ((performance.now() - began) / 1000)
    console.log(`without pauses: ${perSecond.toFixed(0)} calls of ${WORDS} words a second`)
    expect(gateway.outcomes.every(({ error, left }) => error === null && !left)).toBe(true)
    await gateway.close()
    await app.close()
    await provider.stop()
    agent.destroy()
  })
})
