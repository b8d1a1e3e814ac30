import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProviderError } from '@contract/errors'
import { limits } from '@main/providers/kit/limits'
import { readEvents, type ServerSentEvent } from '@main/providers/kit/sse'
import { collect, connectTo, rejection } from '@test/helpers/connect'

const connection = connectTo('anthropic', 'http://127.0.0.1:9')

/** A body that comes in these pieces of bytes. */
const responseOf = (pieces: readonly Uint8Array[]) =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece)
        controller.close()
      },
    })
  )

const read = (text: string): Promise<ServerSentEvent[]> =>
  collect(readEvents(connection, responseOf([new TextEncoder().encode(text)])))

describe('a stream of server-sent events', () => {
  it.each<[string, string, ServerSentEvent[]]>([
    ['has a type and data', 'event: a\ndata: 1\n\n', [{ type: 'a', data: '1' }]],
    ['is of type message unless named', 'data: 1\n\n', [{ type: 'message', data: '1' }]],
    [
      'forgets the type after each event',
      'event: a\ndata: 1\n\ndata: 2\n\n',
      [
        { type: 'a', data: '1' },
        { type: 'message', data: '2' },
      ],
    ],
    ['joins lines of data', 'data: 1\ndata:\ndata: 2\n\n', [{ type: 'message', data: '1\n\n2' }]],
    [
      'drops one space after the colon, not two',
      'data:  x\n\ndata:y\n\n',
      [
        { type: 'message', data: ' x' },
        { type: 'message', data: 'y' },
      ],
    ],
    [
      'passes over comments, ids, retries and what it does not know',
      ': hi\nid: 7\nretry: 10\nfoo: x\nbar\ndata: 1\n\n',
      [{ type: 'message', data: '1' }],
    ],
    ['has no event without data', 'event: ping\n\n\n\n', []],
    ['keeps colons in data', 'data: {"a":"b: c"}\n\n', [{ type: 'message', data: '{"a":"b: c"}' }]],
    ['may begin with a byte order mark', '\uFEFFdata: 1\n\n', [{ type: 'message', data: '1' }]],
    ['drops an event that breaks off', 'data: 1\n\ndata: 2\n', [{ type: 'message', data: '1' }]],
  ])('%s', async (_name, text, events) => {
    expect(await read(text)).toEqual(events)
  })

  it('is the same wherever its bytes are cut, and whatever ends its lines', async () => {
    const events = [
      { type: 'a', data: 'маяк 🌊' },
      { type: 'message', data: 'two\nlines' },
    ]
    const lines = ['event: a', 'data: маяк 🌊', '', ': comment', 'data: two', 'data: lines', '', '']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
        async (ending, sizes) => {
          const bytes = new TextEncoder().encode(lines.join(ending) + (ending === '\r' ? ':' : ''))
          const pieces: Uint8Array[] = []
          let from = 0
          for (const size of sizes) {
            pieces.push(bytes.slice(from, from + size))
            from += size
          }
          pieces.push(bytes.slice(from))
          expect(await collect(readEvents(connection, responseOf(pieces)))).toEqual(events)
        }
      )
    )
  })

  it.each([
    ['line', 'data: '],
    ['event of many lines', 'data: x\ndata: '],
  ])('that sends one endless %s is ended before it fills the memory', async (_name, beginning) => {
    const encoder = new TextEncoder()
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1
        controller.enqueue(encoder.encode((sent === 1 ? beginning : '') + 'x'.repeat(100_000)))
      },
    })
    expect(await rejection(collect(readEvents(connection, new Response(endless))))).toMatchObject({
      code: ProviderError.TooLarge,
      retryable: false,
    })
    expect(sent * 100_000).toBeLessThan(2 * limits.line)
  })

  it('is let go when its reader leaves', async () => {
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\ndata: 2\n\n')),
      cancel: () => {
        cancelled = true
      },
    })
    for await (const event of readEvents(connection, new Response(body))) {
      expect(event.data).toBe('1')
      break
    }
    expect(cancelled).toBe(true)
  })
})
