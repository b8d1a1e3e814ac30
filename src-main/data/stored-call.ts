import { Call, type CallPurpose } from '@contract/entities/usage'
import { noteUnreadable } from './json-column'

/** A row of the ledger, with the title of its story. */
export interface StoredCall {
  id: string
  started_at: string
  kind: string
  turn_id: string | null
  generation_id: string | null
  gateway_key_id: string | null
  /** Of the key with which a template was used. */
  gateway_key_name: string | null
  story_id: string | null
  story_title: string | null
  role: string | null
  /** What a template, a gateway's key or a stage is called. */
  subject: string | null
  provider: string
  model: string
  server: string | null
  token_name: string | null
  attempt: number
  outcome: string
  error_code: string | null
  simulated: 0 | 1
  status: number | null
  input_tokens: number | null
  output_tokens: number | null
  cost: number | null
  cost_source: string | null
  estimated: 0 | 1
  first_token_ms: number | null
  total_ms: number
}

type PurposeColumns = Pick<
  StoredCall,
  'kind' | 'turn_id' | 'generation_id' | 'gateway_key_id' | 'gateway_key_name' | 'story_id' | 'role' | 'subject'
>

/** The columns of a purpose; those that its kind does not have are empty. */
export function purposeColumns(purpose: CallPurpose): PurposeColumns {
  const ids = { turn_id: null, generation_id: null, gateway_key_id: null, gateway_key_name: null, story_id: null }
  const none = { kind: purpose.kind, ...ids, role: null, subject: null }
  switch (purpose.kind) {
    case 'turn':
      return { ...none, turn_id: purpose.turnId, story_id: purpose.storyId, role: purpose.role }
    case 'template':
      return {
        ...none,
        generation_id: purpose.generationId,
        subject: purpose.name,
        gateway_key_id: purpose.keyId,
        gateway_key_name: purpose.keyName,
      }
    case 'gateway':
      return { ...none, gateway_key_id: purpose.keyId, subject: purpose.keyName }
    case 'embedding':
      return { ...none, turn_id: purpose.turnId, story_id: purpose.storyId }
    case 'media':
      return { ...none, subject: purpose.stage, story_id: purpose.storyId }
    case 'test':
      return { ...none, role: purpose.role }
  }
}

/** What `purposeColumns` took apart, as yet unchecked. */
function purposeOf(row: StoredCall): Record<string, unknown> {
  const {
    kind,
    turn_id: turnId,
    generation_id: generationId,
    gateway_key_id: keyId,
    gateway_key_name: keyName,
    story_id: storyId,
    role,
    subject,
  } = row
  switch (kind) {
    case 'turn':
      return { kind, turnId, storyId, role }
    case 'template':
      return { kind, name: subject, generationId, keyId, keyName }
    case 'gateway':
      return { kind, keyName: subject, keyId }
    case 'embedding':
      return { kind, storyId, turnId }
    case 'media':
      return { kind, stage: subject, storyId }
    default:
      return { kind, role }
  }
}

const factsOf = (row: StoredCall) => ({
  id: row.id,
  startedAt: row.started_at,
  purpose: purposeOf(row),
  storyTitle: row.story_title,
  provider: row.provider,
  model: row.model,
  server: row.server,
  tokenName: row.token_name,
  attempt: row.attempt,
  outcome: row.outcome,
  errorCode: row.error_code,
  simulated: row.simulated === 1,
  status: row.status,
  inputTokens: row.input_tokens,
  outputTokens: row.output_tokens,
  cost: row.cost,
  costSource: row.cost_source,
  estimated: row.estimated === 1,
  firstTokenMs: row.first_token_ms,
  totalMs: row.total_ms,
})

/** Milliseconds since 1970 begin a UUIDv7. */
const timeOf = (id: string): string | null => {
  const time = new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16))
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/** What stands for a fact that cannot be read: nobody knows it, and a call of which even its end is unknown has failed. */
const unknownFacts = (id: string): Record<string, unknown> => ({
  startedAt: timeOf(id),
  purpose: { kind: 'test', role: null },
  attempt: 1,
  outcome: 'failed',
  errorCode: null,
  status: null,
  inputTokens: null,
  outputTokens: null,
  cost: null,
  costSource: null,
  firstTokenMs: null,
  totalMs: 0,
})

/**
 * The call of a row. A fact that is damaged, or that another version of Fabula wrote, is noted and reads as unknown, so
 * that one row never takes the others with it; null when even the id, which the next page begins after, is unreadable.
 */
export function callOf(row: StoredCall): Call | null {
  const facts = factsOf(row)
  const whole = Call.safeParse(facts)
  if (whole.success) return whole.data
  noteUnreadable({ text: JSON.stringify(row), cause: whole.error })
  const wrong = new Set(whole.error.issues.map(({ path }) => path[0]))
  const unknown = Object.entries(unknownFacts(row.id)).filter(([fact]) => wrong.has(fact))
  return Call.safeParse({ ...facts, ...Object.fromEntries(unknown) }).data ?? null
}
