import type { PromptMessage, Turn, TurnStep } from '@contract/entities/turn'
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
  /** What the steps before it answered then, by role: they are not asked again. */
  answers: ReadonlyMap<RoleId, string>
  /** Its request has begun: a later one of the same step is laid anew. */
  begun: boolean
}

/** A turn and the step of it that is to be taken again. Throws `not_found` where they are no longer kept. */
export function findStep(
  stores: Stores,
  id: TurnId,
  position: number
): { turn: Turn; step: TurnStep; before: TurnStep[] } {
  const turn = stores.turns.get(id)
  const steps = stores.turns.steps(id)
  const step = steps.find((one) => one.position === position)
  if (!turn || !step)
    throw new FabulaError(CommonError.NotFound, `Turn ${id} has no step ${position}`, { details: { path: 'turnId' } })
  return { turn, step, before: steps.filter((one) => one.position < position) }
}

/** Throws `nothing_to_retry` where the role no longer takes part in the story's turns. */
export function rerunFrom(
  calls: readonly StepCall[],
  { step, before }: Pick<ReturnType<typeof findStep>, 'step' | 'before'>,
  messages: readonly PromptMessage[]
): Rerun {
  const at = calls.findIndex(({ role }) => role === step.role)
  if (at < 0) throw new FabulaError(StoryError.NothingToRetry, `${step.role} takes no step in this story any more`)
  const answers = new Map(
    before.filter(({ state }) => state === 'complete').map(({ role, answer }) => [role, answer] as const)
  )
  return { at, messages, answers, begun: false }
}
