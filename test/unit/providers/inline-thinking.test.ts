import { describe, expect, it } from 'vitest'
import { withoutInlineThinking } from '@main/providers/kit/inline-thinking'
import type { ChatEvent } from '@main/providers/spec/chat'
import { collect } from '@test/helpers/connect'

const end: ChatEvent = { type: 'end', reason: 'stop', usage: { inputTokens: null, outputTokens: null, cost: null } }

async function read(pieces: readonly string[]) {
  async function* stream(): AsyncGenerator<ChatEvent> {
    for (const text of pieces) yield await Promise.resolve({ type: 'text' as const, text })
    yield end
  }
  let text = ''
  let reasoning = ''
  for await (const event of withoutInlineThinking(stream())) {
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
  ])('is reasoning and no text, %s', async (_how, pieces) => {
    expect(await read(pieces)).toEqual({ text: 'The door opened.', reasoning: 'Rain? No.' })
  })

  it('that never ends is no text at all', async () => {
    expect(await read(['<think>Rain?', ' Or snow'])).toEqual({ text: '', reasoning: 'Rain? Or snow' })
  })

  it.each([['<b>Bold</b> words'], ['He <think>thought</think> so'], ['<'], ['< three'], ['<thi']])(
    'is not looked for elsewhere: %s',
    async (text) => {
      expect(await read(text.split(''))).toEqual({ text, reasoning: '' })
    }
  )

  it('lets tool calls through, and keeps the words around them', async () => {
    const call: ChatEvent = { type: 'toolCall', index: 0, id: 'c1', name: 'look', arguments: '{}' }
    async function* stream(): AsyncGenerator<ChatEvent> {
      yield { type: 'text', text: '<thi' }
      yield call
      yield await Promise.resolve(end)
    }
    expect(await collect(withoutInlineThinking(stream()))).toEqual([call, { type: 'text', text: '<thi' }, end])
  })
})
