import { Hono, type MiddlewareHandler } from 'hono'
import { describe, expect, it } from 'vitest'
import type { Listening } from '@main/http/listen'
import { StreamedResponse } from '@main/http/streamed-response'
import { WholeResponse } from '@main/http/whole-response'
import { createGate } from '@test/helpers/gate'
import { serve } from './serve'

describe('an answer that is there as a whole', () => {
  const answer = () =>
    new WholeResponse('Grüße', { status: 201, headers: { 'content-type': 'text/plain', 'x-a': '1' } })
  const app = (...before: MiddlewareHandler[]) => {
    const made = new Hono()
    for (const one of before) made.use(one)
    made.get('/', answer)
    return serve((request) => made.fetch(request))
  }
  const asked = async ({ origin }: Listening, method: string) => {
    const got = await fetch(origin, { method })
    return [got.status, got.headers.get('x-a'), got.headers.get('content-type'), await got.text()]
  }

  it('arrives as it is, with its length, and without its body where only the head is asked for', async () => {
    const server = await app()
    expect(await asked(server, 'GET')).toEqual([201, '1', 'text/plain', 'Grüße'])
    expect(await asked(server, 'HEAD')).toEqual([201, '1', 'text/plain', ''])
    expect((await fetch(server.origin)).headers.get('content-length')).toBe('7')
  })

  it('arrives whole also where something on the way makes another answer of it', async () => {
    const server = await app(async (context, next) => {
      context.res.headers.set('x-b', '2')
      await next()
    })
    expect(await asked(server, 'GET')).toEqual([201, '1', 'text/plain', 'Grüße'])
  })
})

describe('an answer in parts', () => {
  const ALIVE = ': alive\n'

  /** Says each part when the test does, and tells of a reader that leaves. */
  function inParts(everyMs = 60_000) {
    const left = createGate()
    const waiting: ((part: string | null) => void)[] = []
    let timesLeft = 0
    const parts: AsyncIterator<string, void> = {
      next: () =>
        new Promise((resolve) =>
          waiting.push((part) =>
            resolve(part === null ? { done: true, value: undefined } : { done: false, value: part })
          )
        ),
    }
    const leave = () => {
      timesLeft += 1
      left.arrive()
    }
    const answer = () =>
      new StreamedResponse({ parts, left: leave, alive: { text: ALIVE, everyMs } }, { headers: { 'x-a': '1' } })
    /** Null ends it. */
    const say = async (part: string | null) => {
      await expect.poll(() => waiting.length).toBe(1)
      waiting.shift()?.(part)
    }
    return { answer, say, left: left.reached, timesLeft: () => timesLeft }
  }
  const readerOf = (response: Response) => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    return { read: async () => (await reader?.read())?.value, cancel: () => reader?.cancel() }
  }

  it('is written part by part, with signs of life in between, and ends', async () => {
    const { answer, say, timesLeft } = inParts(20)
    const { origin } = await serve(answer)
    const asking = fetch(origin)
    await say('one')
    const response = await asking
    expect([response.status, response.headers.get('x-a')]).toEqual([200, '1'])
    const { read } = readerOf(response)
    let text = ''
    while (!text.includes(`one${ALIVE}`)) text += (await read()) ?? ''
    await say('')
    await say('two')
    await say(null)
    for (let more = await read(); more !== undefined; more = await read()) text += more
    expect(text.replaceAll(ALIVE, '')).toBe('onetwo')
    expect(timesLeft()).toBe(0)
  })

  it('tells once of a reader that leaves, also of one that leaves while nothing comes', async () => {
    const { answer, say, left, timesLeft } = inParts()
    const { origin } = await serve(answer)
    const asking = fetch(origin)
    await say('one')
    const { read, cancel } = readerOf(await asking)
    expect(await read()).toBe('one')
    await cancel()
    await left
    await say('two')
    expect(timesLeft()).toBe(1)
  })

  it('arrives also where something on the way makes another answer of it', async () => {
    const { answer, say } = inParts()
    const app = new Hono()
    app.use(async (context, next) => {
      context.res.headers.set('x-b', '2')
      await next()
    })
    app.get('/', answer)
    const { origin } = await serve((request) => app.fetch(request))
    const asking = fetch(origin)
    await say('one')
    await say(null)
    const response = await asking
    expect([response.headers.get('x-b'), await response.text()]).toEqual(['2', 'one'])
  })
})

it('answers 500 without a word where an answer cannot be made', async () => {
  const { origin } = await serve(() => Promise.reject(new Error('a secret')))
  const answer = await fetch(origin)
  expect([answer.status, await answer.text()]).toEqual([500, ''])
})
