import type { Turn, TurnState } from '@contract/entities/turn'
import type { FabulaError } from '@contract/errors'
import { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import { costOf, type CallResult } from './call-result'
import type { RoleCall } from './turn-outline'

/** What one step of a turn sent and got, as it is kept. */
export interface StepRecord {
  /** What cannot be written is logged: the answer matters more than its record. A step that sent nothing has none. */
  save(state: TurnState, result: CallResult, error: unknown): void
}

export type StartStepRecord = (turn: Pick<Turn, 'id' | 'storyId'>, position: number, call: RoleCall) => StepRecord

export function createStepRecords(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  logger: Logger
  redactor: Redactor
  explain: (error: unknown) => FabulaError
}): StartStepRecord {
  const { stores, events, clock, logger, redactor, explain } = ports
  /** A key that a user wrote into a custom field, or that a model repeats, is kept nowhere but in the vault. */
  const parametersWithoutKeys = (parameters: JsonObject): JsonObject =>
    JsonObject.parse(JSON.parse(redactor.redactKnown(JSON.stringify(parameters))))
  return (turn, position, { step }) => {
    const began = clock.now()
    const startedAt = timestamp(clock)
    // The computer's clock may be set back meanwhile.
    const since = (from: number, to: number) => Math.max(0, Math.round(to - from))
    /** The attempt whose request is written down already. */
    let savedAttempt = 0
    return {
      save: (state, result, error) => {
        const { attempt, attempts, answer, reasoning, usage, attemptAt, firstTextAt } = result
        if (!attempt) return
        const { plan, tokenName, dropped, sent } = attempt
        const record = {
          position,
          role: step.role,
          state,
          provider: plan.provider.name,
          model: plan.model,
          server: plan.server?.name ?? null,
          tokenName,
          attempts,
          messages: [...sent.messages],
          parameters: parametersWithoutKeys(sent.parameters),
          responseSchema: sent.responseSchema,
          dropped,
          answer: redactor.redactKnown(answer),
          reasoning: redactor.redactKnown(reasoning),
          inputTokens: usage?.inputTokens ?? null,
          outputTokens: usage?.outputTokens ?? null,
          cost: costOf(result),
          firstTokenMs: firstTextAt === null ? null : since(attemptAt, firstTextAt),
          totalMs: since(began, clock.now()),
          error: error === null ? null : explain(error).toShape(),
          startedAt,
        }
        try {
          if (savedAttempt === attempts) stores.turns.updateStep(turn.id, record)
          else stores.transaction(() => stores.turns.saveStep(turn, record))
          savedAttempt = attempts
          events.changed({ topic: 'turns', ids: [turn.storyId] })
        } catch (notSaved) {
          logger.warn('A step of a turn could not be recorded', { cause: String(notSaved) })
        }
      },
    }
  }
}
