import { once } from 'node:events'
import { Agent, createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppProcess } from '@test/helpers/app-process'
import { endChild, startChild } from '@test/helpers/child'
import { freePort } from '@test/helpers/free-port'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { memoryAfterPauses } from './memory-after-pauses'
import { percentile } from './percentile'

/**
 * What the gateway adds to a streamed call over asking the provider directly: to the first byte and to the whole, at the
 * median and at the 99th percentile; and how many calls it carries in a second. The provider writes as models do, 50
 * words a second. The gateway is the built app in a process of its own; program and provider share another, in both
 * measures alike. Beside it stands a proxy that only hands on: what no gateway can do without. The aim is under 2 ms at the
 * median.
 *
 * With pauses between words, what a process has in the caches may be gone each time it goes on: on a computer that others
 * share, more or less all of it, and the same work takes several times as long. So it is also measured without pauses, and
 * what a pause does to memory that nobody else touches.
 */
const PARALLEL = [1, 16, 64] as const
const WORDS = 10
/**
 * From so many to twice as many in 16 steps, one with each call, so that calls do not all come at the same moment. Each way is
 * asked a multiple of 16 times in a round: otherwise one would meet longer waits than another.
 */
const FIRST_WORD_MS = 20
const SPREAD = 16
const WORD_MS = 20
const CALLS = { 1: 96, 16: 320, 64: 640 } as const
const ROUNDS = 2
/** Without pauses, to see how many calls fit into a second. */
const AT_ONCE = { calls: 800, parallel: 16 }
/** Without pauses, one after the other: what it adds to a call while the processor has at hand what it needs. */
const IN_A_ROW = { calls: 600, rounds: 3, warmUp: 1500 }

interface Timing {
  firstByte: number
  whole: number
}

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

interface Target {
  base: string
  model: string
  headers: Record<string, string>
}

const call = ({ base, model, headers }: Target) =>
  new Promise<Timing>((resolve, reject) => {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], stream: true })
    const began = performance.now()
    let firstByte = 0
    let text = ''
    const sent = request(`${base}/chat/completions`, { method: 'POST', agent, headers }, (response) => {
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        firstByte ||= performance.now() - began
        text += part
      })
      response.on('end', () => {
        if (text.endsWith('data: [DONE]\n\n')) resolve({ firstByte, whole: performance.now() - began })
        else reject(new Error(`No answer came to its end: ${text.slice(-200)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** So many calls, so many of them at a time. */
async function calls(target: Target, count: number, parallel: number): Promise<Timing[]> {
  const timings: Timing[] = []
  let left = count
  const one = async (_: unknown, at: number) => {
    await new Promise((resolve) => setTimeout(resolve, (at * WORDS * WORD_MS) / parallel))
    while (left > 0) {
      left -= 1
      timings.push(await call(target))
    }
  }
  await Promise.all(Array.from({ length: parallel }, one))
  return timings
}

/** The built app with the gateway on, and a key that has every kind of limit. */
async function startGateway(providerUrl: string): Promise<Target & { stop: () => Promise<void> }> {
  const folder = temporaryFolder()
  const app = await AppProcess.start({ dataDir: folder.path })
  await app.rpc('providers.create', { name: 'Fake', baseUrl: providerUrl, keyRequired: false })
  await app.rpc('gateway.change', { port: await freePort() })
  const { url } = await app.rpc('gateway.switch', { on: true })
  const { key } = await app.rpc('gateway.createKey', {
    name: 'Bench',
    models: ['fake/*'],
    manages: false,
    requestsPerMinute: 100_000,
    tokensPerDay: 1_000_000_000,
    dollarsPerDay: 100,
    expiresAt: null,
  })
  if (url === null) throw new Error('The gateway does not listen')
  return {
    base: url,
    model: 'fake/fake-model',
    headers: { authorization: `Bearer ${key}` },
    stop: async () => {
      await app.stop()
      folder.remove()
    },
  }
}

/** Hands on and does nothing else: what asking through another process takes at least. */
async function startBareProxy(providerUrl: string): Promise<Target & { stop: () => Promise<unknown> }> {
  const { origin, pathname } = new URL(providerUrl)
  const child = startChild(process.execPath, [join(import.meta.dirname, 'bare-proxy.mjs'), origin], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('The proxy cannot be heard')
  const [port] = await once(child.stdout.setEncoding('utf8'), 'data')
  return {
    base: `http://127.0.0.1:${Number(port)}${pathname}`,
    model: 'fake-model',
    headers: {},
    stop: () => endChild(child, 'SIGTERM'),
  }
}

const WAYS = ['direct', 'proxy', 'gateway'] as const
type Way = (typeof WAYS)[number]

/** The calls of each way in turns, so that what else the machine does meets all of them. */
async function inTurns(
  targets: Record<Way, Target>,
  count: number,
  parallel: number,
  rounds: number
): Promise<Record<Way, Timing[]>> {
  const timings: Record<Way, Timing[]> = { direct: [], proxy: [], gateway: [] }
  for (let round = 0; round < rounds; round += 1)
    for (const way of WAYS) timings[way].push(...(await calls(targets[way], count / rounds, parallel)))
  return timings
}

const at = (timings: readonly Timing[], what: keyof Timing, part: number): number =>
  percentile(
    timings.map((one) => one[what]),
    part
  )

/** What a way adds to asking directly. */
function shown(timings: Record<Way, Timing[]>, way: Way): string {
  const added = (what: keyof Timing, part: number) =>
    (at(timings[way], what, part) - at(timings.direct, what, part)).toFixed(1)
  const parts = (what: keyof Timing) => `+${added(what, 0.5)} ms (p99 +${added(what, 0.99)} ms)`
  return `${way}: first byte ${parts('firstByte')}, whole ${parts('whole')}`
}

describe('the gateway', () => {
  it('adds little to a call', { timeout: 300_000 }, async () => {
    const provider = await startProvider()
    const [gateway, proxy] = [await startGateway(provider.url), await startBareProxy(provider.url)]
    const targets = { direct: { base: provider.url, model: 'fake-model', headers: {} }, proxy, gateway }
    await calls(gateway, 256, 16)
    await calls(proxy, 256, 16)
    for (const parallel of PARALLEL) {
      const count = CALLS[parallel]
      const timings = await inTurns(targets, count, parallel, ROUNDS)
      for (const way of WAYS) expect(timings[way]).toHaveLength(count)
      for (const way of ['proxy', 'gateway'] as const) console.log(`${parallel} at a time, ${shown(timings, way)}`)
      const ratio = at(timings.gateway, 'firstByte', 0.5) / at(timings.direct, 'firstByte', 0.5)
      console.log(
        `${parallel} at a time: the first byte takes ${ratio.toFixed(2)} times as long as without the gateway`
      )
    }
    provider.withoutPauses()
    await calls(gateway, IN_A_ROW.warmUp, AT_ONCE.parallel)
    const inARow = await inTurns(targets, IN_A_ROW.calls, 1, IN_A_ROW.rounds)
    for (const way of ['proxy', 'gateway'] as const)
      console.log(`one after the other without pauses, ${shown(inARow, way)}`)
    const memory = await memoryAfterPauses(WORD_MS)
    console.log(
      `memory: ${memory.atOnce.toFixed(0)} ns a line at once, ${memory.later.toFixed(0)} ns after ${WORD_MS} ms in which nobody here did anything`
    )
    const perSecond = new Map<Way, number>()
    for (const way of WAYS) {
      const began = performance.now()
      await calls(targets[way], AT_ONCE.calls, AT_ONCE.parallel)
      perSecond.set(way, AT_ONCE.calls / ((performance.now() - began) / 1000))
    }
    const inAll = WAYS.map((way) => `${way} ${perSecond.get(way)?.toFixed(0)}`).join(', ')
    console.log(`without pauses, calls of ${WORDS} words a second: ${inAll}`)
    await gateway.stop()
    await proxy.stop()
    await provider.stop()
    agent.destroy()
  })
})
