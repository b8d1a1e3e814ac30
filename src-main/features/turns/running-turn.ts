import type { ActiveTurn } from '@contract/entities/story'
import type { MessageId, RoleId, StoryId, TurnId } from '@contract/ids'
import type { PassageWriter } from './passage-writer'
import type { RoleCall } from './turn-outline'
import type { TurnScene } from './steps/turn-step'

/** A turn while it runs. */
export interface RunningTurn {
  turnId: TurnId
  storyId: StoryId
  /** The passage before the new one; null at the beginning of a story. */
  parentId: MessageId | null
  calls: RoleCall[]
  scene: TurnScene
  /** Ends the turn. */
  controller: AbortController
  /** The role at work. */
  role: RoleId
  /** Null until the passage is begun. */
  writer: PassageWriter | null
}

/** The reason of a turn that was stopped on purpose. */
export class Stopped extends Error {}

export const wasStopped = ({ controller }: RunningTurn): boolean => controller.signal.reason instanceof Stopped

export const activeTurn = ({ turnId, storyId, role, writer }: RunningTurn): ActiveTurn => ({
  turnId,
  storyId,
  role,
  messageId: writer?.id ?? null,
  text: writer?.text() ?? '',
})
