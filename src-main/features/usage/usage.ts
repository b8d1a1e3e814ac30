import type { Call, UsageRow } from '@contract/entities/usage'
import type { TurnId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Period } from '@main/data/call-store'
import type { Stores } from '@main/data/stores'
import { csv } from './csv'

/** The ledger as the user reads it. */
export interface Usage {
  summary(input: ParsedInput<'usage.summary'>): UsageRow[]
  calls(input: ParsedInput<'usage.calls'>): RouteOutput<'usage.calls'>
  ofTurn(turnId: TurnId): Call[]
  export(period: Period): RouteOutput<'usage.export'>
}

/** Calls that are read at once for a file; a year of busy writing has about as many. */
const EXPORT_PAGE = 5000

const columns: readonly (keyof Call)[] = [
  'startedAt',
  'storyTitle',
  'role',
  'provider',
  'model',
  'server',
  'tokenName',
  'attempt',
  'outcome',
  'errorCode',
  'status',
  'inputTokens',
  'outputTokens',
  'cost',
  'costSource',
  'firstTokenMs',
  'totalMs',
  'storyId',
  'turnId',
  'id',
]

export function createUsage(ports: { stores: Stores }): Usage {
  const { calls } = ports.stores
  return {
    summary: ({ by, ...period }) => calls.summary(period, by),
    calls: ({ before, limit, storyId, ...period }) => {
      const found = calls.page(period, limit + 1, before ?? null, storyId ?? null)
      return { calls: found.slice(0, limit), hasMore: found.length > limit }
    },
    ofTurn: (turnId) => calls.ofTurn(turnId),
    export: (period) => {
      const rows: Call[] = []
      for (let page = calls.page(period, EXPORT_PAGE, null, null); page.length > 0;) {
        rows.push(...page)
        page = page.length < EXPORT_PAGE ? [] : calls.page(period, EXPORT_PAGE, page.at(-1)?.id ?? null, null)
      }
      return {
        fileName: `fabula-usage-${period.from.slice(0, 10)}-${period.to.slice(0, 10)}.csv`,
        text: csv([columns, ...rows.toReversed().map((row) => columns.map((column) => row[column]))]),
      }
    },
  }
}
