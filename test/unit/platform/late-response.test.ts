import { describe, expect, it, vi } from 'vitest'
import { LateResponse } from '@main/platform/late-response'

const answerOf = (body = 'text', status = 200) => {
  const make = vi.fn<() => string>(() => body)
  return { make, answer: new LateResponse(make, { status, headers: { 'x-a': '1' } }) }
}

describe('a response whose body is made late', () => {
  it('tells its head without a body', () => {
    const { make, answer } = answerOf()
    expect([answer.status, answer.ok, answer.bodyUsed, answer.headers.get('x-a')]).toEqual([200, true, false, '1'])
    expect(make).not.toHaveBeenCalled()
  })

  it('is a Response to whoever asks, and one can be made of it', async () => {
    const { answer } = answerOf('text', 201)
    expect(answer).toBeInstanceOf(Response)
    const other = new Response(answer.body, answer)
    expect([other.status, other.headers.get('x-a'), await other.text()]).toEqual([201, '1', 'text'])
    expect(answer.bodyUsed).toBe(true)
  })

  it('gives its body once, in any form', async () => {
    expect(await answerOf('{"a":1}').answer.json()).toEqual({ a: 1 })
    expect(await answerOf('text').answer.text()).toBe('text')
    expect(Buffer.from(await answerOf('text').answer.arrayBuffer()).toString()).toBe('text')
    expect(Buffer.from(await answerOf('text').answer.bytes()).toString()).toBe('text')
    expect(await (await answerOf('text').answer.blob()).text()).toBe('text')
    const form = new LateResponse(() => new URLSearchParams({ a: '1' }), {
      status: 200,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect((await form.formData()).get('a')).toBe('1')
    const { make, answer } = answerOf()
    expect(await answer.clone().text()).toBe('text')
    expect(await answer.text()).toBe('text')
    await expect(answer.text()).rejects.toThrow(TypeError)
    expect(make).toHaveBeenCalledTimes(1)
  })

  it('may have a status that no Response can have', async () => {
    const { answer } = answerOf('text', 799)
    expect([answer.status, answer.ok, await answer.text()]).toEqual([799, false, 'text'])
  })
})
