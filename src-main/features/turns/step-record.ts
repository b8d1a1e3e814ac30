import type { PromptPart, StepSetting, StepState, Turn } from '@contract/entities/turn'
import type { StepResult } from '@contract/entities/turn-results'
import type { FabulaError } from '@contract/errors'
import type { ModelSettings } from '@contract/entities/model-config'
import type { RoleId, StoryId } from '@contract/ids'
import { JsonObject, JsonValue } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { Redactor } from '@main/platform/redact'
import { settingsUsed } from '@main/settings/settings-used'
import { costOf, type CallResult } from './call-result'

/** What one request of a turn sent and got, as it is kept; or what a step came to that made none. */
export interface StepRecord {
  /** Says what the request that is about to be sent was laid from. */
  lay(parts: readonly PromptPart[], window: number): void
  /**
   * What cannot be written is logged: the answer matters more than its record. A request that was not sent is kept only
   * with `made`, or where `always` says so.
   */
  save(state: StepState, result: CallResult, error: unknown, more?: { made?: StepResult; always?: boolean }): void
}

export type StartStepRecord = (turn: Pick<Turn, 'id' | 'storyId'>, position: number, role: RoleId) => StepRecord

export function createStepRecords(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  logger: Logger
  redactor: Redactor
  toUserError: (error: unknown) => FabulaError
}): StartStepRecord {
  const { stores, events, clock, logger, redactor, toUserError } = ports
  /** A key that a user wrote into a custom field, or that a model repeats, is kept nowhere but in the vault. */
  const parametersWithoutKeys = (parameters: JsonObject): JsonObject =>
    JsonObject.parse(JSON.parse(redactor.redactKnown(JSON.stringify(parameters))))
  const settingsOf = (storyId: StoryId, role: RoleId, settings: ModelSettings | undefined): StepSetting[] =>
    settings
      ? settingsUsed(stores, { storyId, role, settings }).map(({ value, ...where }) => ({
          ...where,
          value: JsonValue.parse(JSON.parse(redactor.redactKnown(JSON.stringify(value)))),
        }))
      : []
  return (turn, position, role) => {
    const began = clock.now()
    const startedAt = timestamp(clock)
    // The computer's clock may be set back meanwhile.
    const since = (from: number, to: number) => Math.max(0, Math.round(to - from))
    /** The attempt whose request is written down already. */
    let savedAttempt = -1
    let laid: { parts: PromptPart[]; window: number | null } = { parts: [], window: null }
    return {
      lay: (parts, window) => {
        laid = { parts: [...parts], window }
      },
      save: (state, result, error, { made, always = made !== undefined } = {}) => {
        const { attempt, attempts, answer, reasoning, usage, attemptAt, firstTextAt } = result
        if (!attempt && !always) return
        const format = attempt?.sent.responseFormat
        const record = {
          position,
          role,
          state,
          provider: attempt?.plan.provider.name ?? '',
          model: attempt?.plan.model ?? '',
          server: attempt?.plan.server?.name ?? null,
          tokenName: attempt?.tokenName ?? null,
          attempts,
          messages: [...(attempt?.sent.messages ?? [])],
          ...laid,
          settings: settingsOf(turn.storyId, role, attempt?.plan.settings),
          parameters: parametersWithoutKeys(attempt?.sent.parameters ?? {}),
          responseSchema: format?.type === 'schema' ? format.schema : null,
          dropped: attempt?.dropped ?? [],
          answer: redactor.redactKnown(answer),
          reasoning: redactor.redactKnown(reasoning),
          inputTokens: usage?.inputTokens ?? null,
          outputTokens: usage?.outputTokens ?? null,
          cost: costOf(result),
          firstTokenMs: firstTextAt === null ? null : since(attemptAt, firstTextAt),
          totalMs: since(began, clock.now()),
          error: error === null ? null : toUserError(error).toShape(),
          result: made ?? null,
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
