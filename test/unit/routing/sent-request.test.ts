import { expect, it } from 'vitest'
import type { AttemptEvent } from '@main/routing/chat-call'
import { success } from './outcomes'
import { createWorld, type Sent } from './scripted-world'

it('every attempt hands out what goes over the wire: messages and parameters, the user’s own fields among them', async () => {
  const sent: Sent[] = []
  const attempts: AttemptEvent[] = []
  const settings = { samplers: { temperature: 0.5, max_tokens: 300 }, custom: { metadata: { turn: 'first' } } }
  const world = await createWorld(
    { keys: 1, strategy: 'failover', retries: 0, limits: { total: null, perToken: null }, settings },
    (one) => {
      sent.push(one)
      return success
    },
    (_call, _key, event) => attempts.push(event)
  )
  await world.call(1)
  world.close()
  expect(attempts).toHaveLength(1)
  expect(attempts[0]?.sent.messages).toEqual(sent[0]?.body.messages)
  expect(attempts[0]?.sent.responseFormat).toBeNull()
  const parameters = attempts[0]?.sent.parameters
  expect(parameters).toMatchObject({ temperature: 0.5, max_tokens: 300, metadata: { app: 'test', turn: 'first' } })
  // What the protocol adds is about how to answer, not about what is asked.
  const added = ['model', 'messages', 'stream', 'stream_options']
  const asked = Object.entries(sent[0]?.body ?? {}).filter(([name]) => !added.includes(name))
  expect(Object.fromEntries(asked)).toEqual(parameters)
})
