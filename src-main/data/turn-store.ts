import { z } from 'zod'
import { PromptPart, StepSetting, type Turn, type TurnStep } from '@contract/entities/turn'
import type { ErrorShape } from '@contract/errors'
import type { MessageId, StoryId, TurnId } from '@contract/ids'
import { StepResult } from '@contract/entities/turn-results'
import { JsonObject } from '@contract/values'
import type { Db } from './database'
import { jsonColumn, rowReader } from './json-column'
import { unpack } from './packed-text'
import { errorColumn } from './stored-error'
import { createSentMessages } from './sent-messages'

/** What became of turns. They go with their story. */
export interface TurnStore {
  get(id: TurnId): Turn | null
  /** The newest one of a story, but for those that took one step alone. */
  last(storyId: StoryId): Turn | null
  /** The newest one that wrote a passage. */
  ofPassage(id: MessageId): Turn | null
  /** Those that took one step of a turn alone, the oldest first. */
  aloneOf(id: TurnId): Turn[]
  /** Those that were running when the app ended. */
  running(): Turn[]
  insert(turn: Turn): void
  /** The passage that it has begun to write. */
  setPassage(id: TurnId, messageId: MessageId): void
  /** State, passage, error and end. */
  end(turn: Pick<Turn, 'id' | 'state' | 'messageId' | 'error' | 'endedAt'>): void
  /** Adds a step, or puts another attempt at it in its place. */
  saveStep(turn: Pick<Turn, 'id' | 'storyId'>, step: TurnStep): void
  /** What came of a step since it was saved; not what it sent, which can be large. */
  updateStep(id: TurnId, step: TurnStep): void
  /** In their order. */
  steps(id: TurnId): TurnStep[]
  /** Gives the steps that were running the state of their turn. */
  endSteps(id: TurnId, state: 'stopped' | 'failed'): void
}

interface StoredTurn {
  id: TurnId
  story_id: StoryId
  kind: Turn['kind']
  state: Turn['state']
  parent_id: MessageId | null
  message_id: MessageId | null
  error: string | null
  started_at: string
  ended_at: string | null
  alone_of: TurnId | null
}

interface StoredStep {
  turn_id: TurnId
  position: number
  role: TurnStep['role']
  state: TurnStep['state']
  provider: string
  model: string
  server: string | null
  token_name: string | null
  attempts: number
  sent: string
  answer: string
  reasoning: string
  input_tokens: number | null
  output_tokens: number | null
  cost: number | null
  first_token_ms: number | null
  total_ms: number
  error: string | null
  started_at: string
  result: string | null
}

/** What of a step may be packed, as its columns would have it. */
const PackedStep = z.strictObject({
  sent: z.string(),
  answer: z.string(),
  reasoning: z.string(),
  result: z.string().nullable(),
})

const laid = { parts: [], window: null, settings: [] }
const sentColumn = jsonColumn(
  z.strictObject({
    messages: z.array(z.tuple([z.number().int(), z.number().int()])),
    parts: z.array(PromptPart),
    window: z.number().int().nonnegative().nullable(),
    settings: z.array(StepSetting),
    parameters: JsonObject,
    responseSchema: JsonObject.nullable(),
    dropped: z.array(z.string()),
  }),
  {
    // What a prompt was laid from, and where settings came from, was not kept at first.
    upgrades: [(older) => ({ ...JsonObject.parse(older), ...laid })],
    otherwise: { messages: [], ...laid, parameters: {}, responseSchema: null, dropped: [] },
  }
)
const resultColumn = jsonColumn(StepResult, { otherwise: null })
const errorOf = (text: string | null) => (text === null ? null : errorColumn.decode(text))

const turnOf = (row: StoredTurn): Turn => ({
  id: row.id,
  storyId: row.story_id,
  kind: row.kind,
  state: row.state,
  parentId: row.parent_id,
  messageId: row.message_id,
  error: errorOf(row.error),
  startedAt: row.started_at,
  endedAt: row.ended_at,
  ...(row.alone_of === null ? {} : { aloneOf: row.alone_of }),
})

const encodeError = (error: ErrorShape | null) => error && errorColumn.encode(error)

const toStored = (id: TurnId, step: TurnStep): Omit<StoredStep, 'sent'> => ({
  turn_id: id,
  position: step.position,
  role: step.role,
  state: step.state,
  provider: step.provider,
  model: step.model,
  server: step.server,
  token_name: step.tokenName,
  attempts: step.attempts,
  answer: step.answer,
  reasoning: step.reasoning,
  input_tokens: step.inputTokens,
  output_tokens: step.outputTokens,
  cost: step.cost,
  first_token_ms: step.firstTokenMs,
  total_ms: step.totalMs,
  error: encodeError(step.error),
  started_at: step.startedAt,
  result: step.result && resultColumn.encode(step.result),
})

export function createTurnStore(db: Db): TurnStore {
  const sentMessages = createSentMessages(db)
  const get = db.prepare<[TurnId], StoredTurn>('SELECT * FROM turns WHERE id = ?')
  const last = db.prepare<[StoryId], StoredTurn>(
    'SELECT * FROM turns WHERE story_id = ? AND alone_of IS NULL ORDER BY seq DESC LIMIT 1'
  )
  const aloneOf = db.prepare<[TurnId], StoredTurn>('SELECT * FROM turns WHERE alone_of = ? ORDER BY seq')
  const ofPassage = db.prepare<[MessageId], StoredTurn>(
    'SELECT * FROM turns WHERE message_id = ? ORDER BY seq DESC LIMIT 1'
  )
  const running = db.prepare<[], StoredTurn>("SELECT * FROM turns WHERE state = 'running' ORDER BY seq")
  const insert = db.prepare<[StoredTurn]>(
    `INSERT INTO turns (id, story_id, kind, state, parent_id, message_id, error, started_at, ended_at, alone_of)
     VALUES (@id, @story_id, @kind, @state, @parent_id, @message_id, @error, @started_at, @ended_at, @alone_of)`
  )
  const setPassage = db.prepare<[MessageId, TurnId]>('UPDATE turns SET message_id = ? WHERE id = ?')
  const end = db.prepare<[Pick<StoredTurn, 'id' | 'state' | 'message_id' | 'error' | 'ended_at'>]>(
    `UPDATE turns SET state = @state, message_id = @message_id, error = @error, ended_at = @ended_at WHERE id = @id`
  )
  const saveStep = db.prepare<[StoredStep]>(
    `INSERT OR REPLACE INTO turn_steps (turn_id, position, role, state, provider, model, server, token_name, attempts, sent,
       answer, reasoning, input_tokens, output_tokens, cost, first_token_ms, total_ms, error, started_at, result)
     VALUES (@turn_id, @position, @role, @state, @provider, @model, @server,
       @token_name, @attempts, @sent, @answer, @reasoning, @input_tokens, @output_tokens, @cost, @first_token_ms,
       @total_ms, @error, @started_at, @result)`
  )
  const updateStep = db.prepare<[Omit<StoredStep, 'sent'>]>(
    `UPDATE turn_steps SET state = @state, answer = @answer, reasoning = @reasoning, input_tokens = @input_tokens,
       output_tokens = @output_tokens, cost = @cost, first_token_ms = @first_token_ms, total_ms = @total_ms,
       error = @error, result = @result WHERE turn_id = @turn_id AND position = @position`
  )
  const steps = db.prepare<[TurnId], StoredStep & { packed: Buffer | null }>(
    'SELECT * FROM turn_steps WHERE turn_id = ? ORDER BY position'
  )
  const endSteps = db.prepare<['stopped' | 'failed', TurnId]>(
    "UPDATE turn_steps SET state = ? WHERE turn_id = ? AND state = 'running'"
  )
  const stepOf = ({ packed, ...stored }: StoredStep & { packed: Buffer | null }): TurnStep => {
    const row = packed ? { ...stored, ...PackedStep.parse(JSON.parse(unpack(packed))) } : stored
    const reader = rowReader()
    const { messages, ...sent } = reader.read('sent', sentColumn, row.sent)
    return {
      position: row.position,
      role: row.role,
      state: row.state,
      provider: row.provider,
      model: row.model,
      server: row.server,
      tokenName: row.token_name,
      attempts: row.attempts,
      messages: sentMessages.read(messages),
      ...sent,
      answer: row.answer,
      reasoning: row.reasoning,
      inputTokens: row.input_tokens,
      outputTokens: row.output_tokens,
      cost: row.cost,
      firstTokenMs: row.first_token_ms,
      totalMs: row.total_ms,
      error: errorOf(row.error),
      startedAt: row.started_at,
      result: row.result === null ? null : reader.read('result', resultColumn, row.result),
      ...reader.note(),
    }
  }

  const one = (row: StoredTurn | undefined) => (row ? turnOf(row) : null)
  return {
    get: (id) => one(get.get(id)),
    last: (storyId) => one(last.get(storyId)),
    ofPassage: (id) => one(ofPassage.get(id)),
    aloneOf: (id) => aloneOf.all(id).map(turnOf),
    running: () => running.all().map(turnOf),
    insert: (turn) =>
      void insert.run({
        id: turn.id,
        story_id: turn.storyId,
        kind: turn.kind,
        state: turn.state,
        parent_id: turn.parentId,
        message_id: turn.messageId,
        error: encodeError(turn.error),
        started_at: turn.startedAt,
        ended_at: turn.endedAt,
        alone_of: turn.aloneOf ?? null,
      }),
    setPassage: (id, messageId) => void setPassage.run(messageId, id),
    end: ({ id, state, messageId, error, endedAt }) =>
      void end.run({ id, state, message_id: messageId, error: encodeError(error), ended_at: endedAt }),
    saveStep: ({ id, storyId }, step) => {
      const { parts, window, settings, parameters, responseSchema, dropped } = step
      const messages = sentMessages.keep(storyId, step.messages)
      saveStep.run({
        ...toStored(id, step),
        sent: sentColumn.encode({ messages, parts, window, settings, parameters, responseSchema, dropped }),
      })
    },
    updateStep: (id, step) => void updateStep.run(toStored(id, step)),
    steps: (id) => steps.all(id).map(stepOf),
    endSteps: (id, state) => void endSteps.run(state, id),
  }
}
