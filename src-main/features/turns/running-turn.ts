import type { ActiveTurn } from '@contract/entities/story'
import type { Turn } from '@contract/entities/turn'
import { FabulaError, StoryError } from '@contract/errors'
import type { PassageWriter } from './passage-writer'
import type { RoleCall } from './turn-outline'
import type { TurnScene } from './steps/turn-step'

/** A turn while it runs. */
export interface RunningTurn {
  /** As it was when it began. */
  turn: Turn
  calls: RoleCall[]
  scene: TurnScene
  /** Ends the turn. */
  controller: AbortController
  /** The role at work. */
  role: ActiveTurn['role']
  /** Null until the passage is begun. */
  writer: PassageWriter | null
}

/** The reason of a turn that was stopped on purpose. */
export class Stopped extends Error {}

/** The reason of a turn that ends because the app does. */
export class AppCloses extends Stopped {}

export const wasStopped = ({ controller }: RunningTurn): boolean => controller.signal.reason instanceof Stopped

/** The app ended before a word of the passage came: without this the writer's line would stand alone for no reason. */
export const interrupted = (): FabulaError =>
  new FabulaError(StoryError.Interrupted, 'The app ended before the passage came', { retryable: true })

export const activeTurn = ({ turn, role, writer }: RunningTurn): ActiveTurn => ({
  turnId: turn.id,
  storyId: turn.storyId,
  role,
  messageId: writer?.id ?? null,
  text: writer?.text() ?? '',
})
