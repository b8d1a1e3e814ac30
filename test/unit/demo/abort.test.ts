import { describe, expect, it } from 'vitest'
import { demoProtocol } from '@main/providers/protocols/demo/demo-protocol'
import { connection, user } from './ask-demo'

const request = (signal: AbortSignal, pace: number) => ({
  model: 'demo-novelist',
  messages: [user('I climb the lighthouse.')],
  parameters: { pace },
  signal,
})

describe('cancelling', () => {
  it('throws the reason at once, in the middle of a wait', async () => {
    const controller = new AbortController()
    const reason = new Error('the reader pressed stop')
    // One token in a hundred seconds: the test would time out if the wait were not cut.
    const stream = demoProtocol.chat(connection, request(controller.signal, 0.01))[Symbol.asyncIterator]()
    const next = stream.next()
    controller.abort(reason)
    await expect(next).rejects.toBe(reason)
  })

  it('sends nothing more after the abort, and no end', async () => {
    const controller = new AbortController()
    const events: string[] = []
    const read = async () => {
      for await (const event of demoProtocol.chat(connection, request(controller.signal, 0))) {
        events.push(event.type)
        if (events.length === 5) controller.abort('enough')
      }
    }
    await expect(read()).rejects.toBe('enough')
    expect(events).toEqual(['text', 'text', 'text', 'text', 'text'])
  })

  it('starts nothing for a signal that is already aborted', async () => {
    const signal = AbortSignal.abort('too late')
    await expect(demoProtocol.chat(connection, request(signal, 0))[Symbol.asyncIterator]().next()).rejects.toBe(
      'too late'
    )
  })
})
