import type { ActiveTurn } from '@contract/entities/story'
import type { Turn } from '@contract/entities/turn'
import type { PassageNote } from '@contract/entities/turn-results'
import { FabulaError, StoryError } from '@contract/errors'
import type { PassageWriter } from './passage-writer'
import type { CallResult } from './call-result'
import type { Rerun } from './rerun'
import type { RoleCall, StepCall } from './turn-outline'
import type { TurnScene } from './steps/turn-step'

/** A turn while it runs. */
export interface RunningTurn {
  /** As it was when it began. */
  turn: Turn
  calls: StepCall[]
  /** Who writes drafts, also when another role has one written again. */
  writerCall: RoleCall
  scene: TurnScene
  /** Ends the turn. */
  controller: AbortController
  /** The role at work, and the place of the step among those of the turn. */
  role: ActiveTurn['role']
  at: number
  /** How many requests were begun. */
  requests: number
  /** US dollars, as far as they are known. */
  spent: number
  /** A model thought before it answered. */
  hasReasoning: boolean
  /** What the writer is told of it under the passage. */
  notes: PassageNote[]
  /** The passage as it stands, while later steps read it, and who wrote it. */
  draft: { call: RoleCall; result: CallResult } | null
  /** The call that failed while its passage was already being shown. */
  failed: { call: RoleCall; result: CallResult } | null
  /** Null until the passage is begun. */
  writer: PassageWriter | null
  /** Where an earlier turn is run again from one of its steps; null for a new turn. */
  rerun: Rerun | null
}

/** The reason of a turn that was stopped on purpose. */
export class Stopped extends Error {}

/** The reason of a turn that ends because the app does. */
export class AppCloses extends Stopped {}

export const wasStopped = ({ controller }: RunningTurn): boolean => controller.signal.reason instanceof Stopped

/** The app ended before a word of the passage came: without this the writer's line would stand alone for no reason. */
export const interrupted = (): FabulaError =>
  new FabulaError(StoryError.Interrupted, 'The app ended before the passage came', { retryable: true })

export const activeTurn = ({ turn, calls, at, role, writer }: RunningTurn): ActiveTurn => ({
  turnId: turn.id,
  storyId: turn.storyId,
  role,
  roles: calls.map(({ step }) => step.role),
  at,
  messageId: writer?.id ?? null,
  text: writer?.text() ?? '',
})

/** A turn at its beginning. */
export const beginTurn = (
  parts: Pick<RunningTurn, 'turn' | 'calls' | 'writerCall' | 'scene' | 'rerun'>
): RunningTurn => ({
  ...parts,
  controller: new AbortController(),
  role: parts.calls[0]?.step.role ?? parts.writerCall.role,
  at: 0,
  requests: 0,
  spent: 0,
  hasReasoning: false,
  notes: [],
  draft: null,
  failed: null,
  writer: null,
})
