import { expect, it } from 'vitest'
import { StreamedResponse } from '@main/http/streamed-response'

const decoder = new TextDecoder()

function open(parts: AsyncGenerator<string, void>, aliveMs: number) {
  let hasLeft = false
  const alive = { text: ': still waiting\n\n', everyMs: aliveMs }
  const answer = new StreamedResponse({ parts, left: () => (hasLeft = true), alive }, { headers: {} })
  const reader = answer.body?.getReader()
  const read = async () => {
    const next = await reader?.read()
    return next?.done === false ? decoder.decode(next.value) : null
  }
  return { reader, read, hasLeft: () => hasLeft }
}

it('a stream on which nothing comes shows that it lives, and loses nothing of what comes then', async () => {
  let go = () => {}
  const gate = new Promise<void>((resolve) => (go = resolve))
  async function* parts() {
    yield 'one'
    await gate
    yield ''
    yield 'two'
  }
  const { read } = open(parts(), 5)
  expect(await read()).toBe('one')
  expect(await read()).toBe(': still waiting\n\n')
  expect(await read()).toBe(': still waiting\n\n')
  go()
  let next = await read()
  while (next?.startsWith(':')) next = await read()
  expect(next).toBe('two')
  expect(await read()).toBeNull()
})

it('nothing is asked for before it is read, and whoever leaves is noticed', async () => {
  let asked = 0
  async function* parts() {
    for (;;) {
      asked += 1
      yield await Promise.resolve(`part ${asked}`)
    }
  }
  const { reader, read, hasLeft } = open(parts(), 60_000)
  expect(asked).toBe(0)
  expect(await read()).toBe('part 1')
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(1)
  await reader?.cancel()
  expect(hasLeft()).toBe(true)
})
