import { CommonError, FabulaError } from '@contract/errors'
import type { TurnId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import type { Redactor } from '@main/platform/redact'

/** What a file with a turn says it is. */
const FORMAT = 'fabula-turn'
const VERSION = 1

/** A turn as a file, to be looked at elsewhere: what each step sent and got, and every attempt. It has no key in it. */
export function exportTurn(
  { stores, redactor }: { stores: Stores; redactor: Redactor },
  turnId: TurnId
): { fileName: string; text: string } {
  const turn = stores.turns.get(turnId)
  if (!turn) throw new FabulaError(CommonError.NotFound, `There is no turn ${turnId}`, { details: { path: 'turnId' } })
  const content = {
    format: FORMAT,
    version: VERSION,
    turn,
    steps: stores.turns.steps(turnId),
    attempts: stores.calls.ofTurn(turnId),
  }
  const day = turn.startedAt.slice(0, 10)
  return {
    fileName: `fabula-turn-${day}-${turnId.slice(-6)}.json`,
    text: `${redactor.redactKnown(JSON.stringify(content, null, 2))}\n`,
  }
}
