import type { Call, CallPurpose } from '@contract/entities/usage'
import type { CallStore, Period } from './call-store'
import { csv } from './csv'

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
  'keyName',
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
  'estimated',
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
  keyName: 'keyName' in purpose ? purpose.keyName : null,
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
  const facts = {
    ...call,
    ...purposeFacts(purpose),
    simulated: call.simulated ? 'simulated' : null,
    estimated: call.estimated ? 'estimated' : null,
  }
  return columns.map((column) => facts[column])
}

/** The calls of a period as CSV (RFC 4180, UTF-8), the oldest first. */
export function ledgerFile(calls: Pick<CallStore, 'page'>, period: Period): string {
  const rows: Call[] = []
  for (let page = calls.page(period, EXPORT_PAGE, null, null); page.length > 0;) {
    rows.push(...page)
    page = page.length < EXPORT_PAGE ? [] : calls.page(period, EXPORT_PAGE, page.at(-1)?.id ?? null, null)
  }
  return csv([columns, ...rows.toReversed().map(rowOf)])
}
