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

  it('keeps the rules of the API whatever is said', () => {
    const role = fc.constantFrom<TextMessage['role']>('system', 'user', 'assistant')
    const content = fc.oneof(fc.constantFrom('', ' ', '\n'), fc.string())
    fc.assert(
      fc.property(fc.array(fc.record({ role, content })), (spoken) => {
        const before = JSON.stringify(spoken)
        const { system, messages } = conversationOf(spoken)
        expect(messages[0]?.role).toBe('user')
        expect(messages.every(({ content: text }) => text.trim() !== '')).toBe(true)
        expect(messages.every(({ role: speaker }, at) => speaker !== messages[at - 1]?.role)).toBe(true)
        expect(messages.at(-1)).not.toMatchObject({ role: 'assistant', content: expect.stringMatching(/\s$/) })
        // Nothing that was said is lost.
        const everything = [system ?? '', ...messages.map(({ content: text }) => text)].join('\n')
        for (const { content: text } of spoken) expect(everything).toContain(text.trim())
        expect(JSON.stringify(spoken)).toBe(before)
      })
    )
  })
})
