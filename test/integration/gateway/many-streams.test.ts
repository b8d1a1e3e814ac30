import { Agent, request as ask, type IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { chatReply } from '@test/helpers/chat-reply'
import type { RecordedRequest, Reply, Step } from '@test/helpers/fake-server'
import { createGate } from '@test/helpers/gate'
import { openGatewayStage } from '@test/helpers/gateway-stage'

const QUICK = 126
const SLOW = 40
const LEAVING = 30
const STANDING = 4
/** Pieces of a stream that is read to its end; of one that nobody reads, each of 4 kB, in all less than Fabula takes of an answer. */
const PIECES = 30
const UNREAD_PIECES = 3000

const Asked = z.looseObject({ messages: z.array(z.looseObject({ content: z.string() })) })
const Chunk = z.looseObject({
  choices: z.array(z.looseObject({ delta: z.looseObject({ content: z.string().optional() }) })),
})
const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length

/** Every piece of a stream carries the number of its stream. */
const pieces = (stream: string, count: number) => Array.from({ length: count }, (_, at) => `[${stream}:${at}]`)

const textOf = (body: string): string =>
  body
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => Chunk.parse(JSON.parse(line.slice(6))).choices[0]?.delta.content ?? '')
    .join('')

it('two hundred streams with slow and vanishing readers are never mixed, bounded, and leave nothing behind', async () => {
  const before = sockets()
  const stage = await openGatewayStage()
  const agent = new Agent({ maxSockets: Infinity })
  let written = 0
  stage.fake.alwaysAnswerWith(({ body }: RecordedRequest): Reply => {
    const stream = Asked.parse(body).messages[0]?.content ?? ''
    if (stream.startsWith('leaving')) return chatReply.stream([`[${stream}:0]`, createGate()])
    if (!stream.startsWith('standing')) return chatReply.stream(pieces(stream, PIECES))
    const piece = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: '世界'.repeat(650) } }] })}\n\n`
    const steps = Array.from({ length: UNREAD_PIECES }, (): Step[] => [piece, { note: () => (written += 1) }])
    return chatReply.bytes(steps.flat())
  })
  const open = (stream: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const call = ask(`${stage.gateway.url}/chat/completions`, { method: 'POST', agent }, resolve)
      call.on('error', reject)
      call.end(
        JSON.stringify({ model: 'fake/fake-model', stream: true, messages: [{ role: 'user', content: stream }] })
      )
    })
  const named = (kind: string, count: number) => Array.from({ length: count }, (_, at) => `${kind}-${at}`)

  const standing = await Promise.all(named('standing', STANDING).map(open))
  for (const response of standing) response.pause()
  const read = async (stream: string, slow: boolean) => {
    const response = await open(stream)
    response.setEncoding('utf8')
    let body = ''
    for await (const part of response) {
      body += String(part)
      if (slow) for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(body.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(textOf(body)).toBe(pieces(stream, PIECES).join(''))
  }
  const leave = async (stream: string) => {
    const response = await open(stream)
    await new Promise((resolve) => response.once('data', resolve))
    response.destroy()
  }
  await Promise.all([
    ...named('quick', QUICK).map((stream) => read(stream, false)),
    ...named('slow', SLOW).map((stream) => read(stream, true)),
    ...named('leaving', LEAVING).map(leave),
  ])
  // All others are through, and those that nobody reads have stopped whoever writes them.
  expect(written).toBeLessThan(STANDING * UNREAD_PIECES)
  for (const response of standing) response.destroy()

  const sent = (kind: string) =>
    stage.fake.requestsTo('/chat/completions').filter(({ body }) => JSON.stringify(body).includes(`"${kind}-`))
  const cut = sent('leaving')
  expect(cut).toHaveLength(LEAVING)
  await Promise.all([...cut, ...sent('standing')].map(({ ended }) => ended))
  expect(cut.every(({ closedEarly }) => closedEarly)).toBe(true)
  const { outcomes } = stage.gateway
  await expect.poll(() => outcomes.length).toBe(QUICK + SLOW + LEAVING + STANDING)
  expect(outcomes.filter(({ left }) => left).length).toBeGreaterThan(LEAVING)
  expect(outcomes.filter(({ error }) => error)).toEqual([])
  agent.destroy()
  await stage.close()
  await expect.poll(sockets).toBeLessThanOrEqual(before)
})
