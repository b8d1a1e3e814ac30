import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { SectionRegistry } from '@main/prompts/section-registry'
import { DRAFT } from '@main/prompts/sections/draft'
import type { Failover } from '@main/routing/failover'
import { authorshipOf, costOf, emptyCallResult, type CallResult } from './call-result'
import { readJsonAnswer } from './json-answer'
import { startPassage } from './passage-writer'
import { wasStopped, type RunningTurn } from './running-turn'
import { stepPrompt, type RoleCall } from './turn-outline'

/** How a turn ended. */
export interface TurnEnd {
  /** The passage as it is to be saved; null when no word of it came. */
  row: MessageRow | null
  /** Null for a turn that came to its end, or that was stopped on purpose. */
  error: unknown
}

export type TurnRunner = (turn: RunningTurn) => Promise<TurnEnd>

/** Takes the steps of a turn one after the other, and says what happens in events. Throws nothing. */
export function createTurnRunner(ports: {
  stores: Stores
  failover: Failover
  events: EventHub
  clock: Clock
  sections: SectionRegistry
}): TurnRunner {
  const { failover, events, sections } = ports

  /** Asks the model of a step, and gathers what comes. Every attempt begins anew. */
  const ask = async (turn: RunningTurn, call: RoleCall, result: CallResult) => {
    const { step, settings, fallback } = call
    const { turnId, storyId } = turn
    turn.role = step.role
    for await (const event of failover.chat({
      role: step.role,
      settings,
      fallback,
      messages: (plan) => stepPrompt(sections, step, turn.scene, plan).messages(),
      ...(step.becomes === 'note' && step.answers !== 'text' ? { responseSchema: step.answers.schema } : {}),
      visible: call.visible,
      purpose: { kind: 'turn', turnId, storyId, role: step.role },
      signal: turn.controller.signal,
    }))
      switch (event.type) {
        case 'attempt': {
          const { plan, tokenName, dropped } = event
          Object.assign(result, { ...emptyCallResult(), plan, tokenName, dropped })
          events.publish('turn.step', {
            turnId,
            storyId,
            role: step.role,
            provider: plan.provider.name,
            model: plan.model,
            messageId: turn.writer?.id ?? null,
          })
          break
        }
        case 'text':
          result.answer += event.text
          if (call.visible) turn.writer?.write(event.text)
          break
        case 'reasoning':
          result.reasoning += event.text
          break
        case 'end':
          result.usage = event.usage
          result.reason = event.reason
          break
      }
  }

  /** Leaves the answer of a step that nobody sees to those that come after it. */
  const takeNote = ({ scene }: RunningTurn, { step }: RoleCall, result: CallResult) => {
    const answer = result.answer.trim()
    if (step.becomes === 'passage') scene.notes.set(DRAFT, { text: answer })
    else {
      const text = step.answers === 'text' ? answer : readJsonAnswer(step.answers, answer, result.plan)
      scene.notes.set(step.note, { text })
    }
  }

  return async (turn) => {
    let row: MessageRow | null = null
    let spent = 0
    let call: RoleCall | undefined
    let result = emptyCallResult()
    const finish = (state: 'complete' | 'cut' | 'stopped' | 'failed') =>
      call && turn.writer ? turn.writer.finish(state, authorshipOf(call, result, spent, turn.turnId)) : null
    try {
      for (call of turn.calls) {
        result = emptyCallResult()
        if (call.visible) turn.writer = startPassage(ports, turn, (notSaved) => turn.controller.abort(notSaved))
        // Each step waits for the one before it.
        await ask(turn, call, result)
        if (call.visible) row = finish(result.reason === 'length' ? 'cut' : 'complete')
        else takeNote(turn, call, result)
        spent += costOf(result) ?? 0
      }
      return { row, error: null }
    } catch (error) {
      const stopped = wasStopped(turn)
      return { row: row ?? finish(stopped ? 'stopped' : 'failed'), error: stopped ? null : error }
    }
  }
}
