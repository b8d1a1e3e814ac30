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
  /** The summary that the new one replaces. */
  instead: Summary | null
}

/**
 * The next summary of a story that is due, or null: one that is out of date and not the writer's own, then one of passages,
 * then one of summaries.
 *
 * @param summaries those that hold, the finest first
 * @param length places of the story as it is shown
 * @param all also of what is left at the end
 */
export function nextWork(
  summaries: readonly Summary[],
  length: number,
  { passages = PASSAGES, all = false }: { passages?: number; all?: boolean } = {}
): SummaryWork | null {
  const stale = summaries.find((one) => one.stale && !one.edited)
  if (stale) {
    const of = summaries.filter(
      (one) => one.level === stale.level - 1 && one.first >= stale.first && one.last <= stale.last
    )
    return { level: stale.level, first: stale.first, last: stale.last, of, instead: stale }
  }
  const first = firstLeft(summaries)
  const isDue = length - first >= passages + LEFT_ALONE
  if (isDue || (all && length > first))
    return { level: 0, first, last: Math.min(first + passages, length) - 1, of: [], instead: null }
  const top = Math.max(-1, ...summaries.map(({ level }) => level))
  for (let level = 0; level <= top; level += 1) {
    const alone = summaries.filter(
      (one) =>
        one.level === level &&
        !summaries.some((above) => above.level === level + 1 && above.first <= one.first && above.last >= one.last)
    )
    const of = alone.slice(0, TOGETHER)
    const [from, to] = [of[0], of.at(-1)]
    if (alone.length >= TOGETHER + LEFT_APART && from && to)
      return { level: level + 1, first: from.first, last: to.last, of, instead: null }
  }
  return null
}

/** The first place of which there is no summary. */
export const firstLeft = (summaries: readonly Summary[]): number =>
  Math.max(-1, ...summaries.flatMap(({ level, last }) => (level === 0 ? last : []))) + 1
