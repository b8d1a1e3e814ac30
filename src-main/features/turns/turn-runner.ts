import type { MessageState } from '@contract/entities/story'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { SectionRegistry } from '@main/prompts/section-registry'
import { DRAFT } from '@main/prompts/sections/draft'
import type { Failover } from '@main/routing/failover'
import { authorshipOf, costOf, emptyCallResult, nextAttempt, type CallResult } from './call-result'
import { readJsonAnswer } from './json-answer'
import { startPassage } from './passage-writer'
import { wasStopped, type RunningTurn } from './running-turn'
import type { StartStepRecord, StepRecord } from './step-record'
import { stepPrompt, type RoleCall } from './turn-outline'

/** How a turn ended. */
export interface TurnEnd {
  /** The passage as it is to be saved, with `deleted` when no word of it came; null when none was begun. */
  passage: MessageRow | null
  /** Null for a turn that came to its end, or that was stopped on purpose. */
  error: unknown
}

export type TurnRunner = (running: RunningTurn) => Promise<TurnEnd>

/** A step at work: what came so far, and where that is kept. */
interface StepAtWork {
  call: RoleCall
  record: StepRecord
  result: CallResult
}

/** Takes the steps of a turn one after the other, and says what happens in events. Throws nothing. */
export function createTurnRunner(ports: {
  stores: Stores
  failover: Failover
  events: EventHub
  clock: Clock
  sections: SectionRegistry
  startRecord: StartStepRecord
}): TurnRunner {
  const { failover, events, clock, sections, startRecord } = ports

  /** Asks the model of a step, and gathers what comes. */
  const ask = async (running: RunningTurn, work: StepAtWork) => {
    const { turn, scene, controller } = running
    const { step, settings, fallback, visible } = work.call
    let isRecorded = false
    for await (const event of failover.chat({
      role: step.role,
      settings,
      fallback,
      messages: (plan) => stepPrompt(sections, step, scene, plan).messages(),
      ...(step.becomes === 'note' && step.answers !== 'text' ? { responseSchema: step.answers.schema } : {}),
      visible,
      purpose: { kind: 'turn', turnId: turn.id, storyId: turn.storyId, role: step.role },
      signal: controller.signal,
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
            role: step.role,
            provider: event.plan.provider.name,
            model: event.plan.model,
            messageId: running.writer?.id ?? null,
          })
          break
        case 'text':
          work.result.firstTextAt ??= clock.now()
          work.result.answer += event.text
          if (visible) running.writer?.write(event.text)
          break
        case 'reasoning':
          work.result.reasoning += event.text
          break
        case 'end':
          work.result.usage = event.usage
          work.result.reason = event.reason
          break
      }
    }
  }

  /** Leaves the answer of a step that nobody sees to those that come after it. */
  const takeNote = ({ scene }: RunningTurn, { call: { step }, result }: StepAtWork) => {
    const answer = result.answer.trim()
    if (step.becomes === 'passage') scene.notes.set(DRAFT, { text: answer })
    else {
      const text = step.answers === 'text' ? answer : readJsonAnswer(step.answers, answer, result.attempt)
      scene.notes.set(step.note, { text })
    }
  }

  return async (running) => {
    const { turn, calls, controller } = running
    let passage: MessageRow | null = null
    let spent = 0
    let work: StepAtWork | null = null
    const finishPassage = (state: Exclude<MessageState, 'streaming'>) =>
      work && running.writer ? running.writer.finish(state, authorshipOf(work.call, work.result, spent, turn.id)) : null
    try {
      for (const [position, call] of calls.entries()) {
        work = { call, record: startRecord(turn, position, call), result: emptyCallResult() }
        running.role = call.step.role
        if (call.visible) running.writer = startPassage(ports, running, (notSaved) => controller.abort(notSaved))
        // Each step waits for the one before it.
        await ask(running, work)
        if (call.visible) passage = finishPassage(work.result.reason === 'length' ? 'cut' : 'complete')
        else takeNote(running, work)
        work.record.save('complete', work.result, null)
        spent += costOf(work.result) ?? 0
      }
      return { passage, error: null }
    } catch (thrown) {
      const state = wasStopped(running) ? 'stopped' : 'failed'
      const error = state === 'stopped' ? null : thrown
      work?.record.save(state, work.result, error)
      return { passage: passage ?? finishPassage(state), error }
    }
  }
}
