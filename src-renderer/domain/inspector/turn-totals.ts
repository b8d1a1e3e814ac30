import type { TurnStep } from '@contract/entities/turn'

/** What the steps of a turn took together. */
export interface TurnTotals {
  ms: number
  /** In and out; null where they were not counted. */
  tokens: number | null
  /** US dollars; null where the price is not known. */
  cost: number | null
}

const sum = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((all, value) => all + value, 0)
}

export const tokensOf = ({ inputTokens, outputTokens }: TurnStep): number | null => sum([inputTokens, outputTokens])

export const totalsOf = (steps: readonly TurnStep[]): TurnTotals => ({
  ms: steps.reduce((all, { totalMs }) => all + totalMs, 0),
  tokens: sum(steps.map(tokensOf)),
  cost: sum(steps.map(({ cost }) => cost)),
})
