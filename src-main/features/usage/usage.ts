import type { Call, UsageRow } from '@contract/entities/usage'
import type { GenerationId, TurnId } from '@contract/ids'
import type { ParsedInput, RouteOutput } from '@contract/routes'
import type { Period } from '@main/data/call-store'
import type { Stores } from '@main/data/stores'
import type { Reads } from '@main/workers/reads'

/** The ledger as the user reads it. What looks at every call of a period is read in a thread. */
export interface Usage {
  summary(input: ParsedInput<'usage.summary'>): Promise<UsageRow[]>
  calls(input: ParsedInput<'usage.calls'>): RouteOutput<'usage.calls'>
  ofTurn(turnId: TurnId): Call[]
  ofGeneration(id: GenerationId): Call[]
  export(period: Period): Promise<RouteOutput<'usage.export'>>
}

/** @param enterCalls enters what still waits to be entered: whoever looks sees all that was asked until now */
export function createUsage(ports: { stores: Stores; reads: Reads; enterCalls: () => void }): Usage {
  const { reads, enterCalls } = ports
  const { calls } = ports.stores
  return {
    summary: (input) => {
      enterCalls()
      return reads.ask('usage.summary', input)
    },
    calls: ({ before, limit, storyId, ...period }) => {
      enterCalls()
      const found = calls.page(period, limit + 1, before ?? null, storyId ?? null)
      return { calls: found.slice(0, limit), hasMore: found.length > limit }
    },
    ofTurn: (turnId) => calls.ofTurn(turnId),
    ofGeneration: (id) => calls.ofGeneration(id),
    export: async (period) => {
      enterCalls()
      return {
        fileName: `fabula-usage-${period.from.slice(0, 10)}-${period.to.slice(0, 10)}.csv`,
        text: await reads.ask('usage.csv', period),
      }
    },
  }
}
