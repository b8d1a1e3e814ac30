import type { PromptMessage, Turn, TurnStep } from '@contract/entities/turn'
import type { PassageNote } from '@contract/entities/turn-results'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import type { RoleId, TurnId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { StepCall } from './turn-outline'

/** A turn that is taken again from one of its steps on, whose messages the writer has changed. */
export interface Rerun {
  /** The place of the step among those of the new turn. */
  at: number
  /** What its first request sends. */
  messages: readonly PromptMessage[]
  /** Nothing is taken after it, and no passage is written. */
  alone: boolean
  /** The requests before it that came to their end then: the steps that made them are not taken again. */
  taken: readonly TurnStep[]
  /** What was said under the passage then. */
  notes: readonly PassageNote[]
  /** Its request has begun: a later one of the same step is laid anew. */
  begun: boolean
}

/** A step that is to be taken again, with the turn that it is of, the steps before it, and what was said under the passage. */
export interface FoundStep {
  turn: Turn
  step: TurnStep
  before: TurnStep[]
  notes: PassageNote[]
}

/** Throws `not_found` where the turn or its step is no longer kept. */
export function findStep(stores: Stores, id: TurnId, position: number): FoundStep {
  const turn = stores.turns.get(id)
  const steps = stores.turns.steps(id)
  const step = steps.find((one) => one.position === position)
  if (!turn || !step)
    throw new FabulaError(CommonError.NotFound, `Turn ${id} has no step ${position}`, { details: { path: 'turnId' } })
  const whole = turn.aloneOf ? stores.turns.get(turn.aloneOf) : turn
  if (!whole) throw new FabulaError(CommonError.NotFound, `Turn ${id} is of none`, { details: { path: 'turnId' } })
  const before = turn.aloneOf
    ? stepsBefore(stores.turns.steps(whole.id), step.role)
    : steps.filter((one) => one.position < position)
  const passage = whole.messageId === null ? null : stores.messages.get(whole.messageId)
  const notes = (passage?.writtenBy?.notes ?? []).map((note) => withTurn(note, whole.id))
  return { turn: whole, step, before, notes }
}

/** Those before the first one of a role: a step that was taken alone has none of its own. */
const stepsBefore = (steps: readonly TurnStep[], role: RoleId): TurnStep[] => {
  const at = steps.findIndex((one) => one.role === role)
  return at < 0 ? [] : steps.slice(0, at)
}

/** A note says in which turn its details are, also when that one was taken again itself. */
const withTurn = (note: PassageNote, turnId: TurnId): PassageNote =>
  note.kind === 'guard' || note.kind === 'planned' || note.kind === 'recalled' ? { turnId, ...note } : note

/** Throws `nothing_to_retry` where the role no longer takes part in the story's turns. */
export function rerunFrom(
  calls: readonly StepCall[],
  { step, before, notes }: FoundStep,
  given: Pick<Rerun, 'messages' | 'alone'>
): Rerun {
  const at = calls.findIndex(({ role }) => role === step.role)
  if (at < 0) throw new FabulaError(StoryError.NothingToRetry, `${step.role} takes no step in this story any more`)
  const taken = before.filter(({ state }) => state === 'complete')
  return { at, ...given, taken, notes, begun: false }
}

/** The steps of a turn that ends with the one at `at`: nobody sees its text, and the Guard has nothing written again. */
export const aloneFrom = (calls: readonly StepCall[], at: number): StepCall[] =>
  calls
    .slice(0, at + 1)
    .map((call, index) => (index === at ? { ...call, visible: false, work: { ...call.work, rewrites: 0 } } : call))
