import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createToolCallReader, type WirePiece } from '@main/providers/kit/tool-call-reader'
import { toolCallsOf } from '@test/helpers/connect'

const piece = (more: Partial<WirePiece> = {}): WirePiece => ({
  index: null,
  id: null,
  name: null,
  arguments: '',
  ...more,
})

/** What comes of pieces, read to their end. */
function read(pieces: readonly WirePiece[]) {
  const reader = createToolCallReader()
  const events = pieces.flatMap((one) => reader.read(one))
  return [...events, ...(reader.end() ?? [])]
}

/** Ways in which servers write the calls of an answer. */
type Habit = 'openai' | 'repeats' | 'new ids' | 'without ids' | 'all number 0' | 'without numbers'

/** A call in pieces: its id and name stand in the first, in others by the habit. */
function written(
  call: { id: string; name: string; parts: readonly string[] },
  index: number,
  habit: Habit
): WirePiece[] {
  const { id, name, parts } = call
  return parts.map((text, at) => {
    const isFirst = at === 0
    const number = habit === 'without numbers' ? null : habit === 'all number 0' ? 0 : index
    if (habit === 'repeats') return piece({ index: number, id, name, arguments: text })
    if (habit === 'new ids')
      return piece({ index: number, id: `${id}${at}`, name: isFirst ? name : null, arguments: text })
    if (habit === 'without ids') return piece({ index: number, name: isFirst ? name : null, arguments: text })
    return piece({ index: number, id: isFirst ? id : null, name: isFirst ? name : null, arguments: text })
  })
}

describe('the pieces of tool calls', () => {
  it('come with id and name in the first piece of each call, and with numbers in the order of their beginnings', () => {
    const events = read([
      piece({ index: 3, id: 'a', name: 'look' }),
      piece({ index: 7, id: 'b', name: 'go', arguments: '{"to":' }),
      piece({ index: 3, arguments: '{"at":1}' }),
      piece({ index: 7, arguments: '"sea"}' }),
    ])
    expect(events).toEqual([
      { type: 'toolCall', index: 0, id: 'a', name: 'look', arguments: '' },
      { type: 'toolCall', index: 1, id: 'b', name: 'go', arguments: '{"to":' },
      { type: 'toolCall', index: 0, arguments: '{"at":1}' },
      { type: 'toolCall', index: 1, arguments: '"sea"}' },
    ])
  })

  it('are the same calls however a server cuts and numbers them', () => {
    const call = fc.record({
      name: fc.constantFrom('look', 'go', 'take'),
      parts: fc.array(fc.string({ maxLength: 4 }), { minLength: 1, maxLength: 6 }),
    })
    const habits: Habit[] = ['openai', 'repeats', 'new ids', 'without ids', 'all number 0', 'without numbers']
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 4 }), fc.constantFrom(...habits), (calls, habit) => {
        const made = calls.map((one, at) => ({ ...one, id: `call-${at}-` }))
        const pieces = made.flatMap((one, at) => written(one, at, habit))
        const expected = made.map(({ name, parts }) => {
          const text = parts.join('')
          return { name, arguments: text.trim() === '' ? `${text}{}` : text }
        })
        const got = toolCallsOf(read(pieces))
        expect(got.map(({ name, arguments: text }) => ({ name, arguments: text }))).toEqual(expected)
        expect(new Set(got.map(({ id }) => id)).size).toBe(calls.length)
      })
    )
  })

  it('of several calls may be mixed', () => {
    const text = fc.array(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(text, text, fc.infiniteStream(fc.boolean()), (first, second, coin) => {
        const queues = [first, second].map((parts, at) =>
          written({ id: `id${at}`, name: `tool${at}`, parts }, at, 'openai')
        )
        const mixed: WirePiece[] = []
        while (queues.some((queue) => queue.length > 0)) {
          const from = coin.next().value ? 0 : 1
          const next = queues[from]?.shift()
          if (next) mixed.push(next)
        }
        const got = toolCallsOf(read(mixed)).toSorted((a, b) => a.id.localeCompare(b.id))
        const whole = (parts: readonly string[]) =>
          parts.join('').trim() === '' ? `${parts.join('')}{}` : parts.join('')
        expect(got).toEqual([
          { id: 'id0', name: 'tool0', arguments: whole(first) },
          { id: 'id1', name: 'tool1', arguments: whole(second) },
        ])
      })
    )
  })

  it('wait for the name of their call, and are no call without one', () => {
    const reader = createToolCallReader()
    expect(reader.read(piece({ index: 0, id: 'a', arguments: '{' }))).toEqual([])
    expect(reader.began()).toBe(false)
    expect(reader.end()).toBeNull()
    expect(reader.read(piece({ index: 0, name: 'look', arguments: '}' }))).toEqual([
      { type: 'toolCall', index: 0, id: 'a', name: 'look', arguments: '{}' },
    ])
    expect(reader.end()).toEqual([])
  })
})
