import type { Summary } from '@contract/entities/summary'

/** Passages of one summary, where the role says nothing else. */
export const PASSAGES = 20
/** The newest passages are left alone: they may still be written anew, and they are sent anyway. */
export const LEFT_ALONE = 6
/** How many summaries are joined into one of the level above, and how many of the newest are never joined. */
const TOGETHER = 6
const LEFT_APART = 2

/** What is to be written: of the places `first` to `last`, or of summaries. */
export interface SummaryWork {
  level: number
  first: number
  last: number
  /** Of level 1 and above: what it is made of. */
  of: readonly Summary[]
  /** The summary that the new one replaces; it may go further, then its rest is to be written anew too. */
  instead: Summary | null
}

export interface SummaryNeeds {
  /** Passages of one summary; a chapter that has ended may have up to twice as many. */
  passages?: number
  /** Also of what is left, at the end and where the writer deleted a summary. */
  all?: boolean
  /** The places with which chapters end, in their order. No summary of passages goes beyond one. */
  chapterEnds?: readonly number[]
}

/**
 * The next summary of a story that is due, or null: one that is out of date and not the writer's own, then one of passages,
 * then one of summaries.
 *
 * @param summaries those that hold, the finest first
 * @param length places of the story as it is shown
 */
export function nextWork(
  summaries: readonly Summary[],
  length: number,
  { passages = PASSAGES, all = false, chapterEnds = [] }: SummaryNeeds = {}
): SummaryWork | null {
  const stale = summaries.find(isDueAnew)
  if (stale) {
    const of = summaries.filter(
      (one) => one.level === stale.level - 1 && one.first >= stale.first && one.last <= stale.last
    )
    const end = stale.level === 0 ? chapterEnds.find((place) => place >= stale.first) : undefined
    return { level: stale.level, first: stale.first, last: Math.min(stale.last, end ?? stale.last), of, instead: stale }
  }
  const [left] = piecesLeft(summaries, length, { passages, all, chapterEnds })
  return left ? { level: 0, ...left, of: [], instead: null } : joined(summaries, chapterEnds)
}

/** How many summaries of passages are to be written, and how many anew. */
export const countDue = (summaries: readonly Summary[], length: number, needs: SummaryNeeds): number =>
  summaries.filter(isDueAnew).length + piecesLeft(summaries, length, needs).length

const isDueAnew = ({ stale, edited }: Summary) => stale && !edited

interface Run {
  first: number
  last: number
}

/** The places of which there is no summary, in their order. */
function gapsOf(summaries: readonly Summary[], length: number): Run[] {
  const gaps: Run[] = []
  let next = 0
  for (const { level, first, last } of summaries) {
    if (level !== 0) continue
    if (first > next) gaps.push({ first: next, last: first - 1 })
    next = Math.max(next, last + 1)
  }
  if (next < length) gaps.push({ first: next, last: length - 1 })
  return gaps
}

/** Passages of which there is no summary. */
export const countLeft = (summaries: readonly Summary[], length: number): number =>
  gapsOf(summaries, length).reduce((sum, { first, last }) => sum + last - first + 1, 0)

/** The summaries of passages that are due, each within one chapter. */
function piecesLeft(
  summaries: readonly Summary[],
  length: number,
  { passages = PASSAGES, all = false, chapterEnds = [] }: SummaryNeeds
): Run[] {
  const pieces: Run[] = []
  for (const gap of gapsOf(summaries, length)) {
    const isEnd = gap.last === length - 1
    // What the writer deleted in the middle stays so until they ask.
    if (!all && !isEnd) continue
    for (let first = gap.first; first <= gap.last;) {
      const chapterEnd = chapterEnds.find((place) => place >= first)
      const ended = chapterEnd !== undefined && chapterEnd <= gap.last
      const most = ended && chapterEnd - first < 2 * passages ? chapterEnd : first + passages - 1
      const last = Math.min(most, gap.last)
      // Within a chapter that has not ended, enough must have come together.
      if (!all && !ended && length - first < passages + LEFT_ALONE) break
      pieces.push({ first, last })
      first = last + 1
    }
  }
  return pieces
}

/** A summary of summaries: of the first ones of a level that are not part of another one yet. */
function joined(summaries: readonly Summary[], chapterEnds: readonly number[]): SummaryWork | null {
  const top = Math.max(-1, ...summaries.map(({ level }) => level))
  for (let level = 0; level <= top; level += 1) {
    const alone = summaries.filter(
      (one) =>
        one.level === level &&
        !summaries.some((above) => above.level === level + 1 && above.first <= one.first && above.last >= one.last)
    )
    if (alone.length < TOGETHER + LEFT_APART) continue
    const most = alone.slice(0, TOGETHER)
    // It ends with a chapter where it can.
    const atEnd = most.findLastIndex((one, at) => at > 0 && chapterEnds.includes(one.last))
    const of = atEnd > 0 ? most.slice(0, atEnd + 1) : most
    const [from, to] = [of[0], of.at(-1)]
    if (from && to) return { level: level + 1, first: from.first, last: to.last, of, instead: null }
  }
  return null
}
