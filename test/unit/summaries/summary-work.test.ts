import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Summary } from '@contract/entities/summary'
import { MessageId, StoryId, SummaryId } from '@contract/ids'
import {
  countDue,
  countLeft,
  LEFT_ALONE,
  nextWork,
  PASSAGES,
  type SummaryWork,
} from '@main/features/summaries/summary-work'
import { newId } from '@main/platform/ids'

const storyId = newId(StoryId)
const made = (
  { level, first, last }: Pick<SummaryWork, 'level' | 'first' | 'last'>,
  more: Partial<Summary> = {}
): Summary => ({
  id: newId(SummaryId),
  storyId,
  level,
  firstId: newId(MessageId),
  lastId: newId(MessageId),
  first,
  last,
  text: 'In short.',
  edited: false,
  stale: false,
  madeAt: '2026-01-02T03:04:05.000Z',
  ...more,
})
const inOrder = (summaries: readonly Summary[]) => summaries.toSorted((a, b) => a.level - b.level || a.first - b.first)

/** All that comes to be of a story of so many places. */
function written(length: number, options: Parameters<typeof nextWork>[2] = {}): Summary[] {
  let summaries: Summary[] = []
  for (let work = nextWork([], length, options); work; work = nextWork(summaries, length, options))
    summaries = inOrder([...summaries, made(work)])
  return summaries
}

it('summarizes passages once enough have come together, and leaves the newest alone', () => {
  expect(nextWork([], PASSAGES + LEFT_ALONE - 1)).toBeNull()
  expect(nextWork([], PASSAGES + LEFT_ALONE)).toMatchObject({ level: 0, first: 0, last: PASSAGES - 1 })
  expect(nextWork([], 8, { all: true })).toMatchObject({ level: 0, first: 0, last: 7 })
})

it('covers every place once at each level, without gaps, however long the story is', () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.boolean(), (length, all) => {
      const summaries = written(length, { all })
      const top = Math.max(0, ...summaries.map(({ level }) => level))
      for (let level = 0; level <= top; level += 1) {
        let next = 0
        for (const one of summaries.filter((each) => each.level === level)) {
          expect(one.first).toBe(next)
          next = one.last + 1
        }
      }
      const left = length - 1 - Math.max(-1, ...summaries.flatMap(({ level, last }) => (level === 0 ? last : [])))
      expect(left).toBeLessThan(all ? 1 : PASSAGES + LEFT_ALONE)
      // A story of 3,000 passages is read in a few summaries.
      const alone = summaries.filter(
        (one) =>
          !summaries.some((above) => above.level > one.level && above.first <= one.first && above.last >= one.last)
      )
      expect(alone.length).toBeLessThanOrEqual(8 * (top + 1))
    }),
    { numRuns: 40 }
  )
})

it('writes anew what is out of date, the finest first, and never the words of the writer', () => {
  const all = written(400)
  const [first, second] = all
  const above = all.find(({ level }) => level === 1)
  if (!first || !second || !above) throw new Error('There are too few')
  const marked = all.map((one) => (one === first || one === second || one === above ? { ...one, stale: true } : one))
  const work = nextWork(marked, 400)
  expect(work).toMatchObject({ level: 0, first: 0, instead: { id: first.id } })
  const edited = marked.map((one) => (one.id === first.id || one.id === second.id ? { ...one, edited: true } : one))
  expect(nextWork(edited, 400)).toMatchObject({ level: 1, instead: { id: above.id } })
  expect(nextWork(edited, 400)?.of.map(({ id }) => id)).toContain(first.id)
})

it('never goes beyond the end of a chapter, and takes a chapter as a whole once it has ended', () => {
  expect(nextWork([], 12, { chapterEnds: [7] })).toMatchObject({ first: 0, last: 7 })
  // As long as two summaries at most; a longer chapter has several.
  expect(nextWork([], 60, { chapterEnds: [38] })).toMatchObject({ first: 0, last: 38 })
  expect(nextWork([], 60, { chapterEnds: [45] })).toMatchObject({ first: 0, last: PASSAGES - 1 })
  // One that has not ended waits for enough passages, as any other text does.
  expect(nextWork([made({ level: 0, first: 0, last: 7 })], 8 + PASSAGES, { chapterEnds: [7] })).toBeNull()
  fc.assert(
    fc.property(fc.nat(400), fc.uniqueArray(fc.nat(400), { maxLength: 30 }), fc.boolean(), (length, ends, all) => {
      const chapterEnds = ends.filter((place) => place < length).toSorted((a, b) => a - b)
      const summaries = written(length, { all, chapterEnds })
      for (const one of summaries.filter(({ level }) => level === 0))
        expect(chapterEnds.some((place) => place >= one.first && place < one.last)).toBe(false)
      expect(countDue(summaries, length, { all, chapterEnds })).toBe(0)
      expect(all ? countLeft(summaries, length) : 0).toBe(0)
      for (let level = 0; summaries.some((one) => one.level === level); level += 1) {
        let next = 0
        for (const one of summaries.filter((each) => each.level === level)) {
          expect(one.first).toBe(next)
          next = one.last + 1
        }
      }
    }),
    { numRuns: 60 }
  )
})

it('ends a summary of summaries with a chapter where it can', () => {
  const pieces = Array.from({ length: 8 }, (_, at) => made({ level: 0, first: at * 10, last: at * 10 + 9 }))
  const work = nextWork(pieces, 80, { passages: 10, chapterEnds: [39] })
  expect(work).toMatchObject({ level: 1, first: 0, last: 39 })
  expect(work?.of).toHaveLength(4)
})

it('leaves what the writer deleted in the middle until all is asked for', () => {
  const pieces = [made({ level: 0, first: 0, last: 19 }), made({ level: 0, first: 40, last: 59 })]
  expect(nextWork(pieces, 60)).toBeNull()
  expect(nextWork(pieces, 60, { all: true })).toMatchObject({ level: 0, first: 20, last: 39 })
  expect(countLeft(pieces, 60)).toBe(20)
})
