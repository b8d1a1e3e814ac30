import type { MessageState } from '@contract/entities/story'
import type { PassageNote } from '@contract/entities/turn-results'
import type { FabulaError } from '@contract/errors'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { DRAFT } from '@main/prompts/notes'
import { authorshipOf, emptyCallResult, type CallResult } from './call-result'
import { readJsonAnswer } from './json-answer'
import { startPassage, type PassageWriter } from './passage-writer'
import { wasStopped, type RunningTurn } from './running-turn'
import type { AskModel, BeginWork, StepWork } from './step-call'
import type { OpenDesk } from './step-desk'
import type { AskStep } from './steps/turn-step'
import type { RoleCall, StepCall } from './turn-outline'
import { turnWorld } from './turn-world'

/** How a turn ended. */
export interface TurnEnd {
  /** The passage as it is to be saved, with `deleted` when no word of it came; null when none was begun. */
  passage: MessageRow | null
  /** Null for a turn that came to its end, or that was stopped on purpose. */
  error: unknown
}

export type TurnRunner = (running: RunningTurn) => Promise<TurnEnd>

/** Takes the steps of a turn one after the other. Throws nothing. */
export function createTurnRunner(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  calls: { begin: BeginWork; ask: AskModel }
  openDesk: OpenDesk
  toUserError: (error: unknown) => FabulaError
}): TurnRunner {
  const { stores, calls, openDesk, toUserError } = ports

  const beginPassage = (running: RunningTurn): PassageWriter =>
    (running.writer ??= startPassage(ports, running, (notSaved) => running.controller.abort(notSaved)))

  const finishPassage = (
    running: RunningTurn,
    call: RoleCall,
    result: CallResult,
    state: Exclude<MessageState, 'streaming'>
  ): MessageRow | null => {
    const { turn, spent, hasReasoning } = running
    const notes: PassageNote[] = [...running.notes, ...(hasReasoning ? [{ kind: 'reasoning' as const }] : [])]
    return running.writer?.finish(state, authorshipOf(call, result, { spent, turnId: turn.id, notes })) ?? null
  }

  const endOf = ({ reason }: CallResult) => (reason === 'length' ? 'cut' : 'complete')

  /** The draft becomes the passage as it stands. */
  const layDraft = (running: RunningTurn): MessageRow | null => {
    const { draft } = running
    if (!draft) return null
    beginPassage(running).write(draft.result.answer)
    return finishPassage(running, draft.call, draft.result, endOf(draft.result))
  }

  /** Leaves the answer of a step that nobody sees to those that come after it. */
  const leave = ({ scene }: RunningTurn, step: AskStep, { result }: Pick<StepWork, 'result'>) => {
    const answer = result.answer.trim()
    if (step.becomes === 'passage') scene.notes.set(DRAFT, { text: answer })
    else {
      const text = step.answers === 'text' ? answer : readJsonAnswer(step.answers, answer, result.attempt)
      scene.notes.set(step.note, { text })
    }
  }

  /** Returns the passage, where this step writes it. */
  const takeAsk = async (running: RunningTurn, call: StepCall, step: AskStep): Promise<MessageRow | null> => {
    const work = calls.begin(running, call)
    const schema = step.becomes === 'note' && step.answers !== 'text' ? { schema: step.answers.schema } : {}
    const writer = call.visible ? { writer: beginPassage(running) } : {}
    let passage: MessageRow | null = null
    try {
      await calls.ask(running, work, { prompt: step.prompt(running.scene), ...schema, ...writer })
    } catch (error) {
      if (step.optional) work.record.save('failed', work.result, error, { always: true })
      if (call.visible) running.failed = { call, result: work.result }
      throw error
    }
    if (call.visible) passage = finishPassage(running, call, work.result, endOf(work.result))
    else {
      try {
        leave(running, step, work)
        if (step.becomes === 'note' && step.says) running.notes.push(step.says)
      } catch (error) {
        work.record.save('failed', work.result, error)
        throw error
      }
      if (step.becomes === 'passage') running.draft = { call, result: work.result }
    }
    work.record.save('complete', work.result, null)
    return passage
  }

  /** Of a turn that is taken again: what a step before answered then stands for its answer now. */
  const restore = (running: RunningTurn, call: StepCall): boolean => {
    const { rerun, at, scene } = running
    const { step } = call
    const taken = rerun && at < rerun.at ? rerun.taken.filter(({ role }) => role === call.role) : []
    const answer = taken.at(-1)?.answer
    if (!rerun || answer === undefined) return false
    const says = step.becomes === 'work' ? step.says : step.becomes === 'note' ? step.says?.kind : undefined
    running.notes.push(...rerun.notes.filter(({ kind }) => kind === says))
    if (step.becomes === 'work') {
      step.restore?.(scene, taken, (id) => stores.messages.get(id)?.text ?? null)
      return true
    }
    const result = { ...emptyCallResult(), answer }
    leave(running, step, { result })
    if (step.becomes === 'passage') running.draft = { call, result }
    return true
  }

  const take = (running: RunningTurn, call: StepCall): Promise<MessageRow | null> => {
    const { step } = call
    return step.becomes === 'work' ? step.take(openDesk(running, call)).then(() => null) : takeAsk(running, call, step)
  }

  /** A turn that does not come to its end keeps what a reader saw of the passage, else its draft, else nothing. */
  const endEarly = (running: RunningTurn, thrown: unknown): TurnEnd => {
    const { draft, writer, scene, controller, failed, role } = running
    const stopped = wasStopped(running)
    if (running.rerun?.alone) return { passage: null, error: stopped ? null : thrown }
    const nothingSeen = !writer || writer.text() === scene.opening
    // What the disk refuses it refuses to the draft too.
    if (draft && nothingSeen && (stopped || !controller.signal.aborted)) {
      running.notes.push({ kind: 'draft', role, error: stopped ? null : toUserError(thrown).toShape() })
      return { passage: layDraft(running), error: null }
    }
    const at = failed ?? { call: running.writerCall, result: emptyCallResult() }
    const passage = finishPassage(running, at.call, at.result, stopped ? 'stopped' : 'failed')
    return { passage, error: stopped ? null : thrown }
  }

  return async (running) => {
    let passage: MessageRow | null = null
    try {
      const { turn, scene, rerun } = running
      const { parentId } = turn
      scene.world = await turnWorld(stores, turn.storyId, { history: scene.history, parentId })
      for (const [at, call] of running.calls.entries()) {
        running.at = at
        try {
          if (restore(running, call)) continue
          // Each step waits for the one before it.
          passage = (await take(running, call)) ?? passage
        } catch (error) {
          if (call.step.optional !== true || rerun?.alone || running.controller.signal.aborted) throw error
          running.notes.push({ kind: 'failed', role: call.role, error: toUserError(error).toShape() })
        }
      }
      return { passage: rerun?.alone ? null : (passage ?? layDraft(running)), error: null }
    } catch (thrown) {
      return endEarly(running, thrown)
    }
  }
}
