import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placedByDepth } from '@main/prompts/placed-by-depth'
import type { PlacedMessage } from '@main/prompts/section'

const passage = (content: string): PlacedMessage => ({ role: 'assistant', content, isPassage: true })
const words = (content: string): PlacedMessage => ({ role: 'system', content })
const note = (content: string, depth: number, rank = 0): PlacedMessage => ({ role: 'system', content, depth, rank })
const order = (...messages: PlacedMessage[]) =>
  placedByDepth(messages)
    .map(({ content }) => content)
    .join(' ')

it('puts a note where so many passages come after it, wherever its section stands', () => {
  const story = [words('rules'), passage('1'), passage('2'), passage('3'), words('plan')]
  expect(order(note('N', 0), ...story)).toBe('rules 1 2 3 N plan')
  expect(order(...story, note('N', 1))).toBe('rules 1 2 N 3 plan')
  expect(order(...story, note('N', 3))).toBe('rules N 1 2 3 plan')
  expect(order(...story, note('N', 99))).toBe('rules N 1 2 3 plan')
  expect(order(words('rules'), note('N', 2))).toBe('rules N')
  expect(order(...story, note('after', 1, 1), note('N', 1), note('before', 1))).toBe('rules 1 2 N before after 3 plan')
})

it('loses nothing, moves nothing else, and hands on nothing but who says what', () => {
  const message = fc.oneof(
    fc.string().map(passage),
    fc.string().map(words),
    fc.tuple(fc.string(), fc.nat(9)).map(([content, depth]) => note(content, depth))
  )
  fc.assert(
    fc.property(fc.array(message, { maxLength: 20 }), (messages) => {
      const placed = placedByDepth(messages)
      expect(placed).toHaveLength(messages.length)
      for (const one of placed) expect(Object.keys(one)).toEqual(['role', 'content'])
      const others = messages.filter(({ depth }) => depth === undefined).map(({ content }) => content)
      let next = 0
      for (const { content } of placed) if (content === others[next]) next += 1
      expect(next).toBe(others.length)
    })
  )
})
