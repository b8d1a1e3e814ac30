import { describe, expect, it } from 'vitest'
import { withoutInlineThinking } from '@main/providers/kit/inline-thinking'
import type { ChatEvent } from '@main/providers/spec/chat'

const end: ChatEvent = { type: 'end', reason: 'stop', usage: { inputTokens: null, outputTokens: null, cost: null } }

const filtered = (events: readonly ChatEvent[]) => events.flatMap(withoutInlineThinking())

function read(pieces: readonly string[]) {
  let text = ''
  let reasoning = ''
  for (const event of filtered([...pieces.map((piece): ChatEvent => ({ type: 'text', text: piece })), end])) {
    if (event.type === 'text') text += event.text
    if (event.type === 'reasoning') reasoning += event.text
  }
  // The blank between thinking and text is for whoever reads on.
  return { text: text.trim(), reasoning }
}

describe('thinking that a server leaves in the answer', () => {
  it.each([
    ['in one piece', ['<think>Rain? No.</think>\n\nThe door opened.']],
    ['letter by letter', '<think>Rain? No.</think>\n\nThe door opened.'.split('')],
    ['after white space, in capitals', ['\n <THINK>Rain? ', 'No.</TH', 'INK>The door opened.']],
  ])('is reasoning and no text, %s', (_how, pieces) => {
    expect(read(pieces)).toEqual({ text: 'The door opened.', reasoning: 'Rain? No.' })
  })

  it('that never ends is no text at all', () => {
    expect(read(['<think>Rain?', ' Or snow'])).toEqual({ text: '', reasoning: 'Rain? Or snow' })
  })

  it.each([['<b>Bold</b> words'], ['He <think>thought</think> so'], ['<'], ['< three'], ['<thi']])(
    'is not looked for elsewhere: %s',
    (text) => {
      expect(read(text.split(''))).toEqual({ text, reasoning: '' })
    }
  )

  it('lets tool calls through, and keeps the words around them', () => {
    const call: ChatEvent = { type: 'toolCall', index: 0, id: 'c1', name: 'look', arguments: '{}' }
    expect(filtered([{ type: 'text', text: '<thi' }, call, end])).toEqual([call, { type: 'text', text: '<thi' }, end])
  })
})
