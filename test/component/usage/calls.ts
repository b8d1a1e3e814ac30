import type { Call, CallPurpose, UsageRow } from '@contract/entities/usage'
import { CallId, RoleId, TurnId } from '@contract/ids'
import { story } from '@test/component/sample-data'

const number = (n: number) => String(n).padStart(12, '0')
export const turnId = TurnId.parse(`01990000-0003-7000-8000-${number(1)}`)

/** The work of a role in the turn. */
export const inTurn = (role: string): CallPurpose => ({
  kind: 'turn',
  turnId,
  storyId: story.id,
  role: RoleId.parse(role),
})

/** The `n`-th call of a ledger: one that was answered, unless said otherwise. */
export const call = (n: number, part: Partial<Call> = {}): Call => ({
  id: CallId.parse(`01990000-0004-7000-8000-${number(n)}`),
  startedAt: '2026-03-01T12:00:00.000Z',
  purpose: inTurn('main'),
  storyTitle: story.title,
  provider: 'OpenRouter',
  model: 'anthropic/claude',
  server: null,
  tokenName: 'home',
  attempt: 1,
  outcome: 'complete',
  errorCode: null,
  simulated: false,
  status: null,
  inputTokens: 1200,
  outputTokens: 300,
  cost: 0.0081,
  costSource: 'price',
  estimated: false,
  firstTokenMs: 640,
  totalMs: 5200,
  ...part,
})

export const failedCall = (n: number, part: Partial<Call> = {}): Call =>
  call(n, {
    outcome: 'failed',
    errorCode: 'provider_overloaded',
    status: 503,
    inputTokens: null,
    outputTokens: null,
    cost: null,
    costSource: null,
    firstTokenMs: null,
    totalMs: 120,
    ...part,
  })

export const usageRow = (key: string, part: Partial<UsageRow> = {}): UsageRow => ({
  key,
  label: key,
  calls: 4,
  failed: 1,
  inputTokens: 4800,
  outputTokens: 1200,
  cost: 0.0324,
  unpriced: 0,
  firstTokenMs: 640,
  ...part,
})
