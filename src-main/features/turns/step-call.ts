import type { PromptMessage, TurnState } from '@contract/entities/turn'
import type { JsonObject } from '@contract/values'
import type { Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { ChatFailover } from '@main/routing/failover'
import { windowOf } from '@main/settings/context-window'
import { costOf, emptyCallResult, nextAttempt, type CallResult } from './call-result'
import type { PassageWriter } from './passage-writer'
import { wasStopped, type RunningTurn } from './running-turn'
import type { StartStepRecord, StepRecord } from './step-record'
import type { StepPrompt } from './steps/turn-step'
import { partsOf } from './planned-steps'
import { requestPrompt, type PromptPorts } from './request-prompt'
import type { RoleCall } from './turn-outline'

/** One request of a step, while it is made and after it. */
export interface StepWork {
  call: RoleCall
  record: StepRecord
  result: CallResult
  /** What it sends, where the writer said so; else it is laid from the step's prompt. */
  given: readonly PromptMessage[] | null
}

export interface AskOptions {
  prompt: StepPrompt
  schema?: JsonObject
  /** The reader sees the answer grow. */
  writer?: PassageWriter
  /** Ends the request; the turn's own signal when it is not given. */
  signal?: AbortSignal
}

/**
 * Asks the model of a role, says what happens in events, and keeps what was sent and what came. Throws as calls do, and
 * then the record says how the request ended; that it is complete is for the caller to say, who reads the answer.
 */
export type AskModel = (running: RunningTurn, work: StepWork, options: AskOptions) => Promise<void>

/** Begins a request of a role. */
export type BeginWork = (running: RunningTurn, call: RoleCall) => StepWork

export function createStepCalls(
  ports: PromptPorts & {
    failover: ChatFailover
    events: EventHub
    clock: Clock
    startRecord: StartStepRecord
  }
): { begin: BeginWork; ask: AskModel } {
  const { failover, events, clock, startRecord } = ports

  const begin: BeginWork = (running, call) => {
    const record = startRecord(running.turn, running.requests, call.role)
    running.requests += 1
    running.role = call.role
    return { call, record, result: emptyCallResult(), given: givenTo(running) }
  }

  const givenTo = ({ rerun, at }: RunningTurn) => {
    if (!rerun || rerun.begun || rerun.at !== at) return null
    rerun.begun = true
    return rerun.messages
  }

  const gather = async (running: RunningTurn, work: StepWork, { prompt, schema, writer, signal }: AskOptions) => {
    const { turn, scene, controller } = running
    const { role, settings, fallback } = work.call
    let isRecorded = false
    for await (const event of failover.chat({
      role,
      settings,
      fallback,
      messages: async (plan) => {
        const window = windowOf(plan.settings.samplers, plan.facts).total
        if (work.given) {
          work.record.lay([], window)
          return [...work.given]
        }
        const laid = await requestPrompt(ports, prompt, scene, plan, controller.signal)
        work.record.lay(partsOf(laid), window)
        return laid.messages()
      },
      ...(schema ? { responseFormat: () => ({ type: 'schema', schema }) } : {}),
      visible: writer !== undefined,
      purpose: { kind: 'turn', turnId: turn.id, storyId: turn.storyId, role },
      signal: signal ?? controller.signal,
    })) {
      // The request is under way: only now is there time to write it down.
      if (event.type !== 'attempt' && !isRecorded) {
        work.record.save('running', work.result, null)
        isRecorded = true
      }
      switch (event.type) {
        case 'attempt':
          work.result = nextAttempt(work.result, event, clock.now())
          isRecorded = false
          events.publish('turn.step', {
            turnId: turn.id,
            storyId: turn.storyId,
            role,
            provider: event.plan.provider.name,
            model: event.plan.model,
            messageId: running.writer?.id ?? null,
            roles: running.calls.map(({ step }) => step.role),
            at: running.at,
          })
          break
        case 'text':
          work.result.firstTextAt ??= clock.now()
          work.result.answer += event.text
          writer?.write(event.text)
          break
        case 'reasoning':
          work.result.reasoning += event.text
          break
        case 'toolCall':
          // The story offers no tools; a call that comes all the same is no part of the answer.
          break
        case 'end':
          work.result.usage = event.usage
          work.result.reason = event.reason
          break
      }
    }
  }

  return {
    begin,
    ask: async (running, work, options) => {
      try {
        await gather(running, work, options)
      } catch (error) {
        const state: TurnState = wasStopped(running) ? 'stopped' : 'failed'
        work.record.save(state, work.result, state === 'stopped' ? null : error)
        throw error
      } finally {
        running.spent += costOf(work.result) ?? 0
        running.hasReasoning ||= work.result.reasoning.trim() !== ''
      }
    },
  }
}
