import { mostOfCall, type Call, type UsageGroup, type UsageRow } from '@contract/entities/usage'
import type { CallId, GatewayKeyId, GenerationId, StoryId, TurnId } from '@contract/ids'
import type { Db } from './database'
import { callOf, purposeColumns, type StoredCall } from './stored-call'

/** A period of time: from a moment on, and before another; ISO-8601 UTC text. */
export interface Period {
  from: string
  to: string
}

/** The ledger: one row for each attempt at a model call. */
export interface CallStore {
  insert(call: Omit<Call, 'storyTitle'>): void
  /** What a call came to that went on after its answer: a job at a provider. A cost that is null says nothing new. */
  amend(id: CallId, end: Pick<Call, 'outcome' | 'errorCode' | 'cost' | 'costSource' | 'totalMs'>): void
  /** Newest first. */
  page(period: Period, limit: number, before: CallId | null, storyId: StoryId | null): Call[]
  ofTurn(turnId: TurnId): Call[]
  ofGeneration(id: GenerationId): Call[]
  summary(period: Period, by: UsageGroup): UsageRow[]
  /** What has gone through each key of the gateway from a moment on. */
  ofGatewayKeys(from: string): (KeyUse & { keyId: GatewayKeyId })[]
}

/** Calls of one key of the gateway, added up. What nobody counted or priced counts as nothing. */
export interface KeyUse {
  calls: number
  /** Read and written. */
  tokens: number
  /** US dollars. */
  dollars: number
}

/** What tells a purpose from others of its kind: the role of a turn, or a name; nothing of a kind that is one by itself. */
const PURPOSE_NAME = "iif(c.kind = 'turn', c.role, ifnull(c.subject, ''))"

/** What calls are grouped by, and how a group is called. Days are the user's own, not UTC's. */
const groups: Record<UsageGroup, { key: string; label: string; order: string }> = {
  day: { key: "date(c.started_at, 'localtime')", label: "date(c.started_at, 'localtime')", order: 'key' },
  story: { key: "ifnull(c.story_id, '')", label: "ifnull(max(s.title), '')", order: 'cost DESC, calls DESC' },
  purpose: {
    key: `c.kind || '/' || ${PURPOSE_NAME}`,
    label: PURPOSE_NAME,
    order: 'cost DESC, calls DESC',
  },
  model: {
    key: "c.provider || '/' || c.model",
    label: "c.provider || ' · ' || c.model",
    order: 'cost DESC, calls DESC',
  },
  token: {
    key: "c.provider || '/' || ifnull(c.token_name, '')",
    label: "c.provider || ifnull(' · ' || c.token_name, '')",
    order: 'cost DESC, calls DESC',
  },
}

/** Rows of before calls had bounds may hold anything: a sum of such figures would overflow, and read as nothing. */
const plausible = {
  inputTokens: `iif(c.input_tokens <= ${mostOfCall.tokens}, c.input_tokens, NULL)`,
  outputTokens: `iif(c.output_tokens <= ${mostOfCall.tokens}, c.output_tokens, NULL)`,
  cost: `iif(c.cost <= ${mostOfCall.dollars}, c.cost, NULL)`,
}

export function createCallStore(db: Db): CallStore {
  const columns = `c.*, ${plausible.inputTokens} AS input_tokens, ${plausible.outputTokens} AS output_tokens,
    ${plausible.cost} AS cost, s.title AS story_title FROM calls c LEFT JOIN stories s ON s.id = c.story_id`
  const insert = db.prepare<[Omit<StoredCall, 'story_title'>]>(
    `INSERT INTO calls (id, started_at, kind, turn_id, generation_id, gateway_key_id, gateway_key_name, story_id, role, subject, provider, model, server, token_name,
       attempt, outcome, error_code, simulated, status, input_tokens, output_tokens, cost, cost_source, estimated, first_token_ms, total_ms)
     VALUES (@id, @started_at, @kind, @turn_id, @generation_id, @gateway_key_id, @gateway_key_name, @story_id, @role, @subject, @provider, @model, @server, @token_name,
       @attempt, @outcome, @error_code, @simulated, @status, @input_tokens, @output_tokens, @cost, @cost_source, @estimated, @first_token_ms,
       @total_ms)`
  )
  const amend = db.prepare<[Pick<StoredCall, 'id' | 'outcome' | 'error_code' | 'cost' | 'cost_source' | 'total_ms'>]>(
    `UPDATE calls SET outcome = @outcome, error_code = @error_code, total_ms = @total_ms,
       cost_source = iif(@cost IS NULL, cost_source, @cost_source),
       estimated = iif(@cost IS NULL, estimated, 0), cost = ifnull(@cost, cost) WHERE id = @id`
  )
  const page = db.prepare<[Period & { limit: number; before: string | null; story: StoryId | null }], StoredCall>(
    `SELECT ${columns} WHERE c.started_at >= @from AND c.started_at < @to AND (@before IS NULL OR c.id < @before)
       AND (@story IS NULL OR c.story_id = @story) ORDER BY c.id DESC LIMIT @limit`
  )
  const ofTurn = db.prepare<[TurnId], StoredCall>(`SELECT ${columns} WHERE c.turn_id = ? ORDER BY c.id`)
  const ofGeneration = db.prepare<[GenerationId], StoredCall>(
    `SELECT ${columns} WHERE c.generation_id = ? ORDER BY c.id`
  )
  const ofGatewayKeys = db.prepare<[string], KeyUse & { keyId: GatewayKeyId }>(
    `SELECT c.gateway_key_id AS keyId, count(*) AS calls,
       sum(ifnull(${plausible.inputTokens}, 0) + ifnull(${plausible.outputTokens}, 0)) AS tokens,
       sum(ifnull(${plausible.cost}, 0.0)) AS dollars
     FROM calls c WHERE c.gateway_key_id IS NOT NULL AND c.started_at >= ? GROUP BY 1`
  )
  const summaryOf = ({ key, label, order }: (typeof groups)[UsageGroup]) =>
    db.prepare<[Period], Omit<UsageRow, 'firstTokenMs'>>(
      `SELECT ${key} AS key, ${label} AS label, count(*) AS calls, sum(c.outcome = 'failed') AS failed,
         sum(ifnull(${plausible.inputTokens}, 0)) AS inputTokens,
         sum(ifnull(${plausible.outputTokens}, 0)) AS outputTokens,
         sum(ifnull(${plausible.cost}, 0.0)) AS cost,
         sum(${plausible.cost} IS NULL AND (c.outcome <> 'failed' OR c.input_tokens IS NOT NULL)) AS unpriced
       FROM calls c LEFT JOIN stories s ON s.id = c.story_id
       WHERE c.started_at >= @from AND c.started_at < @to GROUP BY 1 ORDER BY ${order}`
    )
  const firstTokensOf = ({ key }: (typeof groups)[UsageGroup]) =>
    db.prepare<[Period], { key: string; ms: number }>(
      `SELECT ${key} AS key, first_token_ms AS ms FROM calls c LEFT JOIN stories s ON s.id = c.story_id
       WHERE c.started_at >= @from AND c.started_at < @to AND first_token_ms IS NOT NULL ORDER BY 1, 2`
    )

  return {
    insert: (call) =>
      void insert.run({
        id: call.id,
        started_at: call.startedAt,
        ...purposeColumns(call.purpose),
        provider: call.provider,
        model: call.model,
        server: call.server,
        token_name: call.tokenName,
        attempt: call.attempt,
        outcome: call.outcome,
        error_code: call.errorCode,
        simulated: call.simulated ? 1 : 0,
        status: call.status,
        input_tokens: call.inputTokens,
        output_tokens: call.outputTokens,
        cost: call.cost,
        cost_source: call.costSource,
        estimated: call.estimated ? 1 : 0,
        first_token_ms: call.firstTokenMs,
        total_ms: call.totalMs,
      }),
    amend: (id, { outcome, errorCode, cost, costSource, totalMs }) =>
      void amend.run({ id, outcome, error_code: errorCode, cost, cost_source: costSource, total_ms: totalMs }),
    page: (period, limit, before, story) => {
      const calls: Call[] = []
      let last: string | null = before
      // A row that is left out makes room for the next: a short page would look like the last one.
      for (;;) {
        const asked = limit - calls.length
        const rows = page.all({ ...period, limit: asked, before: last, story })
        calls.push(...rows.flatMap((row) => callOf(row) ?? []))
        last = rows.at(-1)?.id ?? null
        if (calls.length === limit || rows.length < asked) return calls
      }
    },
    ofTurn: (turnId) => ofTurn.all(turnId).flatMap((row) => callOf(row) ?? []),
    ofGeneration: (id) => ofGeneration.all(id).flatMap((row) => callOf(row) ?? []),
    ofGatewayKeys: (from) => ofGatewayKeys.all(from),
    summary: (period, by) => {
      const group = groups[by]
      const waits = new Map<string, number[]>()
      for (const { key, ms } of firstTokensOf(group).all(period)) {
        const times = waits.get(key)
        if (times) times.push(ms)
        else waits.set(key, [ms])
      }
      return summaryOf(group)
        .all(period)
        .map((row) => ({ ...row, firstTokenMs: median(waits.get(row.key) ?? []) }))
    },
  }
}

/** The middle of sorted numbers; null of none. */
function median(sorted: readonly number[]): number | null {
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)]
  const lower = sorted[Math.ceil(middle) - 1]
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2
}
