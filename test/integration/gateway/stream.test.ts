import { request as ask, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectRaw } from '@test/helpers/raw-client'
import { chatReply } from '@test/helpers/chat-reply'
import { createGate } from '@test/helpers/gate'
import { chunksOf, linesOf, post } from '@test/helpers/gateway-client'
import { openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'

let stage: GatewayStage
beforeAll(async () => {
  stage = await openGatewayStage()
})
afterAll(() => stage.close())
beforeEach(() => stage.gateway.outcomes.splice(0))

const stream = (more: Record<string, unknown> = {}, signal?: AbortSignal) =>
  post(
    stage.gateway.url,
    '/chat/completions',
    { model: 'fake/fake-model', messages: [{ role: 'user', content: 'Hello' }], stream: true, ...more },
    signal
  )

describe('a stream', () => {
  it('has the role first, then thoughts and words, why it ended, its usage where that is wanted, and its end', async () => {
    stage.fake.answerWith(chatReply.stream(['Good ', 'evening.'], { reasoning: ['It is late.'] }))
    const response = await stream({ stream_options: { include_usage: true } })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-fabula-model')).toBe('fake-model')
    const chunks = chunksOf(await linesOf(response))
    const deltas = [
      { role: 'assistant', content: '' },
      { reasoning_content: 'It is late.' },
      { content: 'Good ' },
      { content: 'evening.' },
    ]
    expect(chunks.slice(0, 5)).toMatchObject([
      ...deltas.map((delta) => ({
        object: 'chat.completion.chunk',
        model: 'fake/fake-model',
        choices: [{ index: 0, delta, finish_reason: null }],
        usage: null,
      })),
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
    ])
    expect(chunks.slice(5)).toMatchObject([
      { choices: [], usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 } },
      '[DONE]',
    ])
  })

  it('has numbers of tokens also where the provider counts none: about as many as there are', async () => {
    stage.fake.answerWith(chatReply.stream(['Once ', 'upon a time.'], { reasoning: ['Hm.'], usage: null }))
    const chunks = chunksOf(await linesOf(await stream({ stream_options: { include_usage: true } })))
    expect(chunks.slice(-2)).toMatchObject([
      { choices: [], usage: { prompt_tokens: 8, completion_tokens: 6, total_tokens: 14 } },
      '[DONE]',
    ])
  })

  it('says nothing of its usage where that is not wanted', async () => {
    const chunks = chunksOf(await linesOf(await stream()))
    expect(chunks.filter((chunk) => JSON.stringify(chunk).includes('usage'))).toEqual([])
    expect(chunks.at(-1)).toBe('[DONE]')
  })

  it('has the pieces of tool calls as they come', async () => {
    stage.fake.answerWith(
      chatReply.toolCalls([
        [{ index: 0, id: 'call_a', type: 'function', function: { name: 'roll', arguments: '' } }],
        [{ index: 0, function: { arguments: '{"sides"' } }],
        [{ index: 0, function: { arguments: ':6}' } }],
      ])
    )
    const chunks = chunksOf(await linesOf(await stream({ tools: [{ type: 'function', function: { name: 'roll' } }] })))
    expect(chunks.slice(1, 5)).toMatchObject([
      {
        choices: [
          { delta: { tool_calls: [{ index: 0, id: 'call_a', type: 'function', function: { name: 'roll' } }] } },
        ],
      },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"sides"' } }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: ':6}' } }] } }] },
      { choices: [{ delta: {}, finish_reason: 'tool_calls' }] },
    ])
  })

  it('comes as it is written, and not when it is whole', async () => {
    const gate = createGate()
    stage.fake.answerWith(chatReply.stream(['One', gate, ' two']))
    const response = await stream()
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('One')) text += (await reader?.read())?.value ?? ''
    expect(text).not.toContain('two')
    gate.open()
    while (!text.includes('[DONE]')) text += (await reader?.read())?.value ?? ''
    expect(text).toContain(' two')
  })
})

describe('a stream that fails', () => {
  it('before its first word has a status of its own', async () => {
    stage.fake.answerWith(chatReply.error(400, { message: 'too long', code: 'context_length_exceeded' }))
    const response = await stream()
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'context_length_exceeded', param: 'messages' } })
  })

  it('amid its words says so in a chunk, and never says that it is done', async () => {
    stage.fake.answerWith(chatReply.resetAfter(['Once upon']))
    const response = await stream()
    const chunks = chunksOf(await linesOf(response))
    expect(response.status).toBe(200)
    expect(chunks[1]).toMatchObject({ choices: [{ delta: { content: 'Once upon' } }] })
    expect(chunks.slice(2)).toMatchObject([{ error: { code: 'provider_broke_off', type: 'server_error' } }])
    expect(stage.gateway.outcomes).toMatchObject([{ error: { code: 'provider_broke_off' }, attempts: 1 }])
  })
})

describe('a reader that leaves', () => {
  const upstream = () => stage.fake.nextRequest('/chat/completions')

  it.each([
    ['before the first word', []],
    ['amid the words', ['Once']],
  ])('%s stops the provider at once', async (_when, words) => {
    while (stage.fake.requests.length > 0) stage.fake.requests.pop()
    const gate = createGate()
    stage.fake.answerWith(chatReply.stream([...words, gate, ' upon']))
    const leaving = new AbortController()
    const response = stream({}, leaving.signal).catch(() => null)
    const asked = await upstream()
    await gate.reached
    if (words.length > 0) await response
    const began = performance.now()
    leaving.abort()
    await asked.ended
    expect(asked.closedEarly).toBe(true)
    // Milliseconds; what is left of a second on a machine that does much else.
    expect(performance.now() - began).toBeLessThan(1000)
    await expect.poll(() => stage.gateway.outcomes).toMatchObject([{ left: true, error: null }])
    gate.open()
  })

  it('amid its own request has left, and nothing went wrong here', async () => {
    const { port, host } = new URL(stage.gateway.url)
    const client = await connectRaw(Number(port))
    const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: 900\r\n\r\n`
    client.send(head)
    await client.hears('100 Continue')
    client.send('{"model":')
    client.socket.end()
    client.socket.destroy()
    await expect.poll(() => stage.gateway.outcomes).toMatchObject([{ left: true, error: null, attempts: 0 }])
  })

  it('and reads nothing holds up the provider, whose words do not pile up here', async () => {
    // Far more than the buffers of the connections take.
    const words = Array.from({ length: 4000 }, (_, at) => `${at} ${'word '.repeat(800)}`)
    let written = 0
    const steps = words.flatMap((word) => [
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: word } }] })}\n\n`,
      { note: () => (written += 1) },
    ])
    stage.fake.answerWith(chatReply.bytes([...steps, 'data: [DONE]\n\n']))
    const call = ask(`${stage.gateway.url}/chat/completions`, { method: 'POST' })
    call.end(JSON.stringify({ model: 'fake/fake-model', stream: true, messages: [{ role: 'user', content: 'Go' }] }))
    const response = await new Promise<IncomingMessage>((resolve) => call.once('response', resolve))
    response.pause()
    let before = -1
    // It stands still when two looks in a row find the same.
    await expect
      .poll(
        () => {
          const still = before === written && written > 0
          before = written
          return still
        },
        { interval: 250 }
      )
      .toBe(true)
    expect(written).toBeLessThan(words.length)
    const asked = await upstream()
    response.destroy()
    await asked.ended
    expect(asked.closedEarly).toBe(true)
  })
})
