import type { Summary } from '@contract/entities/summary'

/** A summary with those that it was made of. */
export interface Outlined {
  summary: Summary
  of: Outlined[]
}

const isIn = (one: Summary, above: Summary) =>
  above.level > one.level && above.first <= one.first && above.last >= one.last

/** The summaries that are part of no other, in the order of the story, each with what stands beneath it. */
export function outlineOf(summaries: readonly Summary[]): Outlined[] {
  const inOrder = summaries.toSorted((a, b) => a.first - b.first || b.level - a.level)
  const outer: Outlined[] = []
  /** Those that the next one may be part of, the coarsest first. */
  const around: Outlined[] = []
  for (const summary of inOrder) {
    const one: Outlined = { summary, of: [] }
    while (around.length > 0 && !around.slice(-1).some((above) => isIn(summary, above.summary))) around.pop()
    const beneath = around.at(-1)?.of ?? outer
    beneath.push(one)
    around.push(one)
  }
  return outer
}
