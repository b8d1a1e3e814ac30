import type { Call, CallPurpose, UsageRow } from '@contract/entities/usage'
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

/** A column of the file: a fact of the call, or of what it was for, which not every purpose has. */
type Column = Exclude<keyof Call, 'purpose'> | keyof ReturnType<typeof purposeFacts>

const columns: readonly Column[] = [
  'startedAt',
  'storyTitle',
  'purpose',
  'role',
  'subject',
  'provider',
  'model',
  'server',
  'tokenName',
  'attempt',
  'outcome',
  'errorCode',
  'simulated',
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

/** What a call was for, in columns; `subject` is a template, a gateway's key or a stage. */
const purposeFacts = (purpose: CallPurpose) => ({
  purpose: purpose.kind,
  role: 'role' in purpose ? purpose.role : null,
  subject: subjectOf(purpose),
  storyId: 'storyId' in purpose ? purpose.storyId : null,
  turnId: 'turnId' in purpose ? purpose.turnId : null,
})

function subjectOf(purpose: CallPurpose): string | null {
  switch (purpose.kind) {
    case 'template':
      return purpose.name
    case 'gateway':
      return purpose.keyName
    case 'media':
      return purpose.stage
    case 'turn':
    case 'embedding':
    case 'test':
      return null
  }
}

function rowOf({ purpose, ...call }: Call): (string | number | null)[] {
  const facts = { ...call, ...purposeFacts(purpose), simulated: call.simulated ? 'simulated' : null }
  return columns.map((column) => facts[column])
}

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
        text: csv([columns, ...rows.toReversed().map(rowOf)]),
      }
    },
  }
}
