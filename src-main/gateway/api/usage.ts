import { z } from 'zod'
import { purposeKinds, type Call, type UsageRow } from '@contract/entities/usage'
import { CallId, StoryId } from '@contract/ids'
import { Timestamp } from '@contract/values'
import type { ApiPorts } from './api-ports'
import { Dollars, listOf, Moment, numberParameter, ofAnswer, pageOf, Tokens } from './api-schema'
import { operation, type Operation } from './operation'

const tag = 'Usage'
const DAY_MS = 86_400_000

const UsageGroup = ofAnswer(
  'UsageGroup',
  z.strictObject({
    key: z
      .string()
      .describe(
        'What they have in common: `2026-11-20` in local time, a story’s id, a name; or a purpose as `turn/main`, `gateway/<name of the key>`.'
      ),
    label: z.string(),
    requests: z.int(),
    failed: z.int(),
    input_tokens: z.int(),
    output_tokens: z.int(),
    cost: z.number().describe('US dollars. Requests without a known price count as nothing.'),
    unpriced: z.int().describe('Requests whose cost nobody knows.'),
    first_token_ms: z.number().nullable().describe('Median of those that gave text.'),
  })
)

const UsageCall = ofAnswer(
  'UsageCall',
  z.strictObject({
    id: CallId,
    started_at: Moment,
    purpose: z.enum(purposeKinds),
    key_name: z.string().nullable().describe('The key of the gateway that it came with.'),
    story_id: StoryId.nullable(),
    provider: z.string(),
    model: z.string(),
    server: z.string().nullable(),
    provider_key: z.string().nullable().describe('The name of the provider’s key that was used.'),
    attempt: z.int().min(1),
    outcome: z.enum(['complete', 'stopped', 'failed']),
    error_code: z.string().nullable(),
    status: z.int().nullable().describe('Of the provider’s answer, where there was a failure.'),
    input_tokens: Tokens,
    output_tokens: Tokens,
    cost: Dollars,
    estimated: z
      .boolean()
      .describe('Tokens and cost are estimated: the answer did not come to its end, or the provider does not count.'),
    first_token_ms: z.int().nonnegative().nullable(),
    total_ms: z.int().nonnegative(),
  })
)

const period = {
  from: Timestamp.optional().describe('Thirty days before `to`, unless said.'),
  to: Timestamp.optional().describe('Now, unless said.'),
}

/** `key`: by the provider's key; which key of the gateway it was is said by the purpose. */
const groups = { day: 'day', model: 'model', purpose: 'purpose', key: 'token', story: 'story' } as const

/** `/api/usage`: the ledger. */
export function usageOperations({ ask, clock }: ApiPorts): Operation[] {
  const within = (asked: { from?: string | undefined; to?: string | undefined }) => {
    const to = asked.to ?? new Date(clock.now()).toISOString()
    return { from: asked.from ?? new Date(Date.parse(to) - 30 * DAY_MS).toISOString(), to }
  }
  return [
    operation({
      id: 'summarizeUsage',
      method: 'GET',
      path: '/api/usage',
      tag,
      summary: 'Tokens and cost by day, model, purpose, key or story',
      description: 'Requests that began at or after `from` and before `to`; the most expensive first, days in order.',
      querySchema: z.strictObject({
        ...period,
        by: z.enum(['day', 'model', 'purpose', 'key', 'story']).default('day').describe('`key`: of the provider.'),
      }),
      success: { status: 200, description: 'One row for each.', schema: listOf('UsageGroups', UsageGroup) },
      run: async ({ query }) => {
        const rows = await ask('usage.summary', { ...within(query), by: groups[query.by] })
        return { data: rows.map(toGroup) }
      },
    }),
    operation({
      id: 'listCalls',
      method: 'GET',
      path: '/api/usage/calls',
      tag,
      summary: 'Every request to a model, the newest first',
      querySchema: z.strictObject({
        ...period,
        story_id: StoryId.optional(),
        before: CallId.optional().describe('The last one of the page before.'),
        limit: numberParameter(1, 500).default(100),
      }),
      success: { status: 200, description: 'A page of them.', schema: pageOf('UsageCalls', UsageCall) },
      run: async ({ query }) => {
        const { before, limit, story_id: storyId } = query
        const { calls, hasMore } = await ask('usage.calls', { ...within(query), before, limit, storyId })
        return { data: calls.map(toCall), has_more: hasMore }
      },
    }),
  ]
}

const toGroup = (row: UsageRow): z.output<typeof UsageGroup> => ({
  key: row.key,
  label: row.label,
  requests: row.calls,
  failed: row.failed,
  input_tokens: row.inputTokens,
  output_tokens: row.outputTokens,
  cost: row.cost,
  unpriced: row.unpriced,
  first_token_ms: row.firstTokenMs,
})

const toCall = (call: Call): z.output<typeof UsageCall> => ({
  id: call.id,
  started_at: call.startedAt,
  purpose: call.purpose.kind,
  key_name: 'keyName' in call.purpose ? call.purpose.keyName : null,
  story_id: 'storyId' in call.purpose ? call.purpose.storyId : null,
  provider: call.provider,
  model: call.model,
  server: call.server,
  provider_key: call.tokenName,
  attempt: call.attempt,
  outcome: call.outcome,
  error_code: call.errorCode,
  status: call.status,
  input_tokens: call.inputTokens,
  output_tokens: call.outputTokens,
  cost: call.cost,
  estimated: call.estimated,
  first_token_ms: call.firstTokenMs,
  total_ms: call.totalMs,
})
