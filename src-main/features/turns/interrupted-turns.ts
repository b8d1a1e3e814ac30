import type { Stores } from '@main/data/stores'
import { draftIn, draftPassage } from './draft-passage'
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
      const draft = hasWords || turn.aloneOf ? undefined : draftIn(stores.turns.steps(turn.id))
      const note = { kind: 'draft', role: MAIN, error: interrupted().toShape() } as const
      const passage = draft ? draftPassage(draft, turn, note, now) : null
      const messageId = hasWords ? turn.messageId : (passage?.id ?? null)
      if (passage) {
        // The writer may have gone elsewhere in the story meanwhile.
        const isHere = stores.stories.get(turn.storyId)?.headId === turn.parentId
        stores.messages.insert(passage)
        if (isHere) stores.stories.setHead(turn.storyId, passage.id, now)
      }
      const state = messageId === null ? 'failed' : 'stopped'
      const error = messageId === null ? interrupted().toShape() : null
      stores.turns.end({ id: turn.id, state, messageId, error, endedAt: now })
      stores.turns.endSteps(turn.id, state)
    }
  })
}
