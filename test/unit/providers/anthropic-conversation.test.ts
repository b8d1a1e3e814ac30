import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conversationOf } from '@main/providers/protocols/anthropic/conversation'
import type { TextMessage } from '@main/providers/spec/chat'

const said = (...lines: [TextMessage['role'], string][]): TextMessage[] =>
  lines.map(([role, content]) => ({ role, content }))

describe('a conversation for Anthropic', () => {
  it('has the system text of its beginning apart, and later system text in its place', () => {
    const messages = said(
      ['system', 'Write.'],
      ['system', 'In Russian.'],
      ['user', 'Begin.'],
      ['assistant', 'Once.'],
      ['system', 'Night falls.'],
      ['user', 'Go on.']
    )
    expect(conversationOf(messages)).toEqual({
      system: 'Write.\n\nIn Russian.',
      messages: [
        { role: 'user', content: 'Begin.' },
        { role: 'assistant', content: 'Once.' },
        { role: 'user', content: 'Night falls.\n\nGo on.' },
      ],
    })
  })

  it('begins with the user, although the story begins with the model', () => {
    const { messages } = conversationOf(said(['assistant', 'Once.'], ['user', 'Go on.']))
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
  })

  it('asks what instructions alone ask', () => {
    expect(conversationOf(said(['system', 'Name a town.']))).toEqual({
      system: null,
      messages: [{ role: 'user', content: 'Name a town.' }],
    })
  })

  it('puts what tools gave before what the user says, right behind the calls, and merges the turns', () => {
    const { messages } = conversationOf([
      { role: 'user', content: 'How is the weather?' },
      {
        role: 'assistant',
        content: 'Let me see. ',
        toolCalls: [
          { id: 'functions.weather:0', name: 'weather', arguments: '{"place":"Rome"}' },
          { id: 'c2', name: 'weather', arguments: '' },
        ],
      },
      { role: 'user', content: 'Hurry.' },
      { role: 'tool', toolCallId: 'functions.weather:0', content: 'Rain' },
      { role: 'tool', toolCallId: 'c2', content: '' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'And here?' },
          { type: 'image', url: 'data:image/png;base64,iVBORw0KGgo=' },
          { type: 'image', url: 'https://example.org/a.png' },
        ],
      },
    ])
    expect(messages).toEqual([
      { role: 'user', content: 'How is the weather?' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me see. ' },
          // Characters that the API refuses in an id are replaced in both places.
          { type: 'tool_use', id: 'functions_weather_0', name: 'weather', input: { place: 'Rome' } },
          { type: 'tool_use', id: 'c2', name: 'weather', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'functions_weather_0', content: 'Rain' },
          { type: 'tool_result', tool_use_id: 'c2' },
          { type: 'text', text: 'Hurry.\n\nAnd here?' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          { type: 'image', source: { type: 'url', url: 'https://example.org/a.png' } },
        ],
      },
    ])
  })

  it('keeps the rules of the API whatever is said', () => {
    const role = fc.constantFrom<TextMessage['role']>('system', 'user', 'assistant')
    const content = fc.oneof(fc.constantFrom('', ' ', '\n'), fc.string())
    fc.assert(
      fc.property(fc.array(fc.record({ role, content })), (spoken) => {
        const before = JSON.stringify(spoken)
        const { system, messages } = conversationOf(spoken)
        expect(messages[0]?.role).toBe('user')
        expect(messages.every(({ content: text }) => typeof text === 'string' && text.trim() !== '')).toBe(true)
        expect(messages.every(({ role: speaker }, at) => speaker !== messages[at - 1]?.role)).toBe(true)
        expect(messages.at(-1)).not.toMatchObject({ role: 'assistant', content: expect.stringMatching(/\s$/) })
        // Nothing that was said is lost.
        const everything = [
          JSON.stringify(system ?? ''),
          ...messages.map(({ content: text }) => JSON.stringify(text)),
        ].join('\n')
        for (const { content: text } of spoken) expect(everything).toContain(JSON.stringify(text.trim()).slice(1, -1))
        expect(JSON.stringify(spoken)).toBe(before)
      })
    )
  })
})
