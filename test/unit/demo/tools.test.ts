import { describe, expect, it } from 'vitest'
import { validateSettings } from '@contract/schema/validate-settings'
import { JsonObject } from '@contract/values'
import { demoProtocol } from '@main/providers/protocols/demo/demo-protocol'
import type { ChatRequest, Tool } from '@main/providers/spec/chat'
import { collect, textOf, toolCallsOf } from '@test/helpers/connect'
import { connection, user } from './ask-demo'

const schema: JsonObject = {
  type: 'object',
  properties: { place: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 7 } },
  required: ['place', 'days'],
  additionalProperties: false,
}
const tools: Tool[] = [{ name: 'now' }, { name: 'weather', parameters: schema }]

const ask = (more: Partial<ChatRequest>) =>
  collect(
    demoProtocol.chat(connection, {
      model: 'demo-novelist',
      messages: [user('How is the weather?')],
      parameters: { pace: 0, stop: ['"'] },
      signal: new AbortController().signal,
      tools,
      ...more,
    })
  )

describe('the Demo and tools', () => {
  it('calls the one that must be called, with arguments that fit its schema', async () => {
    const events = await ask({ toolChoice: { name: 'weather' } })
    const [call] = toolCallsOf(events)
    expect(call).toMatchObject({ id: expect.stringMatching(/^call_/), name: 'weather' })
    expect(validateSettings(schema, JsonObject.parse(JSON.parse(call?.arguments ?? '')))).toEqual([])
    expect(textOf(events)).toBe('')
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'toolCalls' })
  })

  it('calls some tool where some must be called, and one that takes nothing with nothing', async () => {
    expect(toolCallsOf(await ask({ toolChoice: 'required' }))).toMatchObject([{ name: 'now', arguments: '{}' }])
  })

  it('writes where none must be called, and goes on from what a tool gave', async () => {
    for (const toolChoice of [undefined, 'auto', 'none'] as const) {
      const events = await ask({ toolChoice, parameters: { pace: 0 } })
      expect(toolCallsOf(events)).toEqual([])
      expect(textOf(events)).not.toBe('')
    }
    const messages: ChatRequest['messages'] = [
      user('How is the weather?'),
      { role: 'assistant', content: null, toolCalls: [{ id: 'c1', name: 'weather', arguments: '{}' }] },
      { role: 'tool', toolCallId: 'c1', content: 'Rain over the lighthouse.' },
    ]
    expect(textOf(await ask({ messages, parameters: { pace: 0 } }))).not.toBe('')
  })

  it('stops at the token limit', async () => {
    const parameters = { pace: 0, max_tokens: 2 }
    expect((await ask({ toolChoice: { name: 'weather' }, parameters })).at(-1)).toMatchObject({ reason: 'length' })
  })
})

it('the Demo goes on with a text', async () => {
  const { signal } = new AbortController()
  const request = { model: 'demo-novelist', prompt: 'The otter looked up', parameters: { pace: 0 }, signal }
  if (!demoProtocol.complete) throw new Error('The Demo completes nothing')
  expect(textOf(await collect(demoProtocol.complete(connection, request)))).toMatch(/^, and/)
})
