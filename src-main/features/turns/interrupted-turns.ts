import type { TurnStep } from '@contract/entities/turn'
import { MessageId, type TurnId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { newId } from '@main/platform/ids'
import { MAIN } from '@main/settings/role-registry'
import { interrupted } from './running-turn'

/**
 * Ends, at the start, what was running when the app was killed. A turn whose passage had words was stopped; one that had
 * come as far as a whole draft keeps that as its passage; one of which nothing came has failed. The writer is told why.
 */
export function endInterruptedTurns(stores: Stores, now: string): void {
  stores.transaction(() => {
    stores.messages.stopInterrupted()
    for (const turn of stores.turns.running()) {
      const hasWords = turn.messageId !== null && stores.messages.get(turn.messageId) !== null
      const draft = hasWords ? undefined : draftOf(stores, turn.id)
      const messageId = hasWords ? turn.messageId : draft ? newId(MessageId) : null
      if (draft && messageId !== null) {
        // The writer may have gone elsewhere in the story meanwhile.
        const isHere = stores.stories.get(turn.storyId)?.headId === turn.parentId
        stores.messages.insert({
          id: messageId,
          storyId: turn.storyId,
          parentId: turn.parentId,
          author: 'story',
          text: draft.answer.trim(),
          state: 'complete',
          writtenBy: authorOf(draft, turn.id),
          edited: false,
          deleted: false,
          createdAt: now,
        })
        if (isHere) stores.stories.setHead(turn.storyId, messageId, now)
      }
      const state = messageId === null ? 'failed' : 'stopped'
      const error = messageId === null ? interrupted().toShape() : null
      stores.turns.end({ id: turn.id, state, messageId, error, endedAt: now })
      stores.turns.endSteps(turn.id, state)
    }
  })
}

/** What the Writer had finished last when the app ended. */
const draftOf = (stores: Stores, id: TurnId): TurnStep | undefined =>
  stores.turns
    .steps(id)
    .findLast(({ role, state, answer }) => role === MAIN && state === 'complete' && answer.trim() !== '')

const authorOf = (
  { role, provider, model, tokenName, inputTokens, outputTokens, cost, dropped }: TurnStep,
  turnId: TurnId
) => ({
  role,
  provider,
  model,
  tokenName,
  inputTokens,
  outputTokens,
  cost,
  dropped,
  turnId,
  notes: [{ kind: 'draft' as const, role, error: interrupted().toShape() }],
})
