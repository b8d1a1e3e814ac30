import type { Stores } from '@main/data/stores'
import { interrupted } from './running-turn'

/**
 * Ends, at the start, what was running when the app was killed. A turn whose passage had words was stopped; one of which
 * nothing came has failed, and the writer is told why.
 */
export function endInterruptedTurns(stores: Stores, now: string): void {
  stores.transaction(() => {
    stores.messages.stopInterrupted()
    for (const { id, messageId } of stores.turns.running()) {
      const hasWords = messageId !== null && stores.messages.get(messageId) !== null
      const state = hasWords ? 'stopped' : 'failed'
      stores.turns.end({
        id,
        state,
        messageId: hasWords ? messageId : null,
        error: hasWords ? null : interrupted().toShape(),
        endedAt: now,
      })
      stores.turns.endSteps(id, state)
    }
  })
}
