import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { protocolFor } from '@main/providers/registry'
import { collect, connectTo, textOf, toolCallsOf } from '@test/helpers/connect'
import { speeches } from '@test/helpers/speech'

const slugs = { 'openai-chat': 'openai', anthropic: 'anthropic', ollama: 'ollama' }

const argument = fc.record({ place: fc.string({ unit: 'grapheme', maxLength: 12 }), days: fc.nat(9) })
const anyCall = fc.record({
  name: fc.constantFrom('look', 'go'),
  input: argument,
  cuts: fc.array(fc.nat(40), { maxLength: 4 }),
})

/** A text in pieces, cut at these places. */
function pieces(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b), text.length]
  return places.slice(1).map((place, at) => text.slice(places[at], place))
}

/** Bytes that arrive in pieces, which may end within a character. */
function arriving(text: string, cuts: readonly number[]): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  const places = [0, ...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length]
  return new ReadableStream({
    start: (controller) => {
      for (const [at, place] of places.slice(1).entries()) controller.enqueue(bytes.slice(places[at], place))
      controller.close()
    },
  })
}

describe.each(Object.values(speeches))('tool calls of $protocol', ({ protocol, type, text, call, finish, end }) => {
  it('are the same wherever the model, the server and the network cut them', async () => {
    const { chat } = await protocolFor(protocol)
    const answers = fc.record({
      calls: fc.array(anyCall, { minLength: 1, maxLength: 3 }),
      cuts: fc.array(fc.nat(), { maxLength: 30 }),
    })
    await fc.assert(
      fc.asyncProperty(answers, async ({ calls, cuts }) => {
        const made = calls.map(({ name, input, cuts: places }, at) => ({
          id: `c${at}`,
          name,
          parts: pieces(JSON.stringify(input), places),
        }))
        const body = text('Hm.') + made.map((one, at) => call(at, one)).join('') + finish() + end
        const { signal } = new AbortController()
        const connection = connectTo(slugs[protocol], 'http://127.0.0.1:9', {
          fetch: async () =>
            await Promise.resolve(new Response(arriving(body, cuts), { headers: { 'content-type': type } })),
        })
        const tools = [{ name: 'look' }, { name: 'go' }]
        const events = await collect(chat(connection, { model: 'm', messages: [], parameters: {}, tools, signal }))
        expect(textOf(events)).toBe('Hm.')
        expect(toolCallsOf(events)).toEqual(
          made.map(({ id, name, parts }) => ({ id, name, arguments: parts.join('') }))
        )
        expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'toolCalls' })
      })
    )
  })
})
