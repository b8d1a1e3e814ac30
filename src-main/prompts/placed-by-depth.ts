import type { TextMessage } from '@main/providers/spec/chat'
import type { PlacedMessage } from './section'

/**
 * Puts messages that have a depth where so many passages come after them, or before the first one that is sent; those of
 * one depth and rank stay in their order. The others stay where they are.
 */
export function placedByDepth(messages: readonly PlacedMessage[]): TextMessage[] {
  const inserted = messages.filter(({ depth }) => depth !== undefined).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
  const others = messages.filter(({ depth }) => depth === undefined)
  const passages = others.flatMap(({ isPassage }, index) => (isPassage ? [index] : []))
  const before = new Map<number, PlacedMessage[]>()
  for (const message of inserted) {
    const place = placeOf(message.depth ?? 0, passages, others.length)
    before.set(place, [...(before.get(place) ?? []), message])
  }
  const placed = [...others, null].flatMap((message, index) => [
    ...(before.get(index) ?? []),
    ...(message === null ? [] : [message]),
  ])
  return placed.map(({ role, content }) => ({ role, content }))
}

/** Before which of the other messages; their number for the end. `passages` are the places of passages. */
function placeOf(depth: number, passages: readonly number[], end: number): number {
  const [first] = passages
  const last = passages.at(-1)
  if (first === undefined || last === undefined) return end
  return depth === 0 ? last + 1 : (passages.at(-depth) ?? first)
}
