import type { UsageRow } from '@contract/entities/usage'

export type Totals = Pick<UsageRow, 'calls' | 'failed' | 'inputTokens' | 'outputTokens' | 'cost' | 'unpriced'>

/** Rows added up. */
export function totalsOf(rows: readonly UsageRow[]): Totals {
  const totals: Totals = { calls: 0, failed: 0, inputTokens: 0, outputTokens: 0, cost: 0, unpriced: 0 }
  for (const row of rows) {
    totals.calls += row.calls
    totals.failed += row.failed
    totals.inputTokens += row.inputTokens
    totals.outputTokens += row.outputTokens
    totals.cost += row.cost
    totals.unpriced += row.unpriced
  }
  return totals
}
