import type { PromptMessage, Turn, TurnStep } from '@contract/entities/turn'
import type { PassageNote } from '@contract/entities/turn-results'
import { CommonError, FabulaError, StoryError } from '@contract/errors'
import type { TurnId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { StepCall } from './turn-outline'

/** A turn that is taken again from one of its steps on, whose messages the writer has changed. */
export interface Rerun {
  /** The place of the step among those of the new turn. */
  at: number
  /** What its first request sends. */
  messages: readonly PromptMessage[]
  /** The requests before it that came to their end then: the steps that made them are not taken again. */
  taken: readonly TurnStep[]
  /** What was said under the passage then. */
  notes: readonly PassageNote[]
  /** Its request has begun: a later one of the same step is laid anew. */
  begun: boolean
}

/** A turn and the step of it that is to be taken again. Throws `not_found` where they are no longer kept. */
export function findStep(
  stores: Stores,
  id: TurnId,
  position: number
): { turn: Turn; step: TurnStep; before: TurnStep[]; notes: PassageNote[] } {
  const turn = stores.turns.get(id)
  const steps = stores.turns.steps(id)
  const step = steps.find((one) => one.position === position)
  if (!turn || !step)
    throw new FabulaError(CommonError.NotFound, `Turn ${id} has no step ${position}`, { details: { path: 'turnId' } })
  const passage = turn.messageId === null ? null : stores.messages.get(turn.messageId)
  const notes = (passage?.writtenBy?.notes ?? []).map((note) => withTurn(note, id))
  return { turn, step, before: steps.filter((one) => one.position < position), notes }
}

/** A note says in which turn its details are, also when that one was taken again itself. */
const withTurn = (note: PassageNote, turnId: TurnId): PassageNote =>
  note.kind === 'guard' || note.kind === 'planned' || note.kind === 'recalled' ? { turnId, ...note } : note

/** Throws `nothing_to_retry` where the role no longer takes part in the story's turns. */
export function rerunFrom(
  calls: readonly StepCall[],
  { step, before, notes }: Pick<ReturnType<typeof findStep>, 'step' | 'before' | 'notes'>,
  messages: readonly PromptMessage[]
): Rerun {
  const at = calls.findIndex(({ role }) => role === step.role)
  if (at < 0) throw new FabulaError(StoryError.NothingToRetry, `${step.role} takes no step in this story any more`)
  const taken = before.filter(({ state }) => state === 'complete')
  return { at, messages, taken, notes, begun: false }
}
