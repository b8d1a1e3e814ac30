import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CommonError } from '@contract/errors'
import { protocolFor } from '@main/providers/registry'
import { ProviderFailure } from '@main/providers/spec/failure'
import { collect, connectTo } from '@test/helpers/connect'
import { speeches } from '@test/helpers/speech'

const slugs = { 'openai-chat': 'openai', anthropic: 'anthropic', ollama: 'ollama' }

/** Values that readers of JSON stumble over, in the place of whatever stood there. */
const strange = fc.constantFrom(
  'null',
  '[]',
  '{}',
  '""',
  '0',
  '-1',
  '1e999',
  'true',
  '"\\ud800"',
  '{"__proto__":{"message":1}}',
  '{"constructor":{"name":[]}}',
  '[[[[{}]]]]',
  '"\\u0000"'
)

interface Mutation {
  at: number
  length: number
  text: string
}
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(20),
  text: fc.oneof(
    strange,
    fc.string({ maxLength: 8, unit: 'binary' }),
    fc.constantFrom('\n', '\n\n', 'data: ', '{', '"', '')
  ),
})

const mutated = (body: string, mutations: readonly Mutation[]): string =>
  mutations.reduce((text, { at, length, text: put }) => {
    const start = Math.floor(at * text.length)
    return text.slice(0, start) + put + text.slice(start + length)
  }, body)

const types = ['text/event-stream', 'application/x-ndjson', 'application/json', 'text/plain', 'text/html', '']

/** An answer may be anything at all: it is taken, or it is a failure of the provider, and never a bug of ours. */
describe.each(Object.values(speeches))(
  '$protocol',
  ({ protocol, type, text, call, finish, end, error, errorInStream }) => {
    const bodies = [
      text('Once') + text(' upon') + finish() + end,
      text('Once') + call(0, { id: 'a', name: 'look', parts: ['{"at":', '1}'] }) + finish() + end,
      text('Once') + errorInStream('Boom', 'overloaded_error'),
      JSON.stringify(error('Boom', 'rate_limit_error')),
      JSON.stringify({ data: [{ id: 'm', embedding: [1] }], models: [{ name: 'm' }], embeddings: [[1]], version: '1' }),
      JSON.stringify({
        choices: [{ message: { content: 'Once' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 1 },
      }),
      JSON.stringify({ type: 'message', content: [{ type: 'text', text: 'Once' }], stop_reason: 'end_turn' }),
    ]

    it('takes no answer for a fault of its own', async () => {
      const { chat, listModels, embed, complete } = await protocolFor(protocol)
      const answer = fc.record({
        body: fc.constantFrom(...bodies),
        mutations: fc.array(mutation, { maxLength: 4 }),
        type: fc.oneof({ weight: 3, arbitrary: fc.constant(type) }, fc.constantFrom(...types)),
        status: fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.constantFrom(400, 401, 403, 404, 429, 500)),
        work: fc.constantFrom('chat' as const, 'list' as const, 'embed' as const, 'complete' as const),
      })
      await fc.assert(
        fc.asyncProperty(answer, async (given) => {
          const { signal } = new AbortController()
          const connection = connectTo(slugs[protocol], 'http://127.0.0.1:9', {
            fetch: async () =>
              await Promise.resolve(
                new Response(mutated(given.body, given.mutations), {
                  status: given.status,
                  headers: { 'content-type': given.type },
                })
              ),
          })
          const works = {
            chat: async () => await collect(chat(connection, { model: 'm', messages: [], parameters: {}, signal })),
            complete: async () =>
              complete && (await collect(complete(connection, { model: 'm', prompt: 'a', parameters: {}, signal }))),
            list: async () => await collect(listModels(connection, signal)),
            embed: async () => await embed?.(connection, { model: 'm', texts: ['a'], parameters: {}, signal }),
          }
          expect(await outcomeOf(works[given.work]())).not.toMatchObject({ code: CommonError.Internal })
        }),
        { numRuns: 1500 }
      )
    })
  }
)

/** What a provider's failure says; anything else that is thrown fails the test. */
async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return { answer: await work }
  } catch (error) {
    if (error instanceof ProviderFailure) return error
    throw error
  }
}
