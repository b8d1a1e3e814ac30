import type { MessageState } from '@contract/entities/story'
import type { Turn, TurnStep } from '@contract/entities/turn'
import type { PassageNote } from '@contract/entities/turn-results'
import { CommonError, FabulaError } from '@contract/errors'
import { MessageId, type TurnId } from '@contract/ids'
import type { MessageRow } from '@main/data/message-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import { newId } from '@main/platform/ids'
import { MAIN } from '@main/settings/role-registry'

/** What the Writer had finished last in a turn. */
export const draftIn = (steps: readonly TurnStep[]): TurnStep | undefined =>
  steps.findLast(({ role, state, answer }) => role === MAIN && state === 'complete' && answer.trim() !== '')

/** The draft of a turn as its passage. */
export const draftPassage = (
  draft: TurnStep,
  { id, storyId, parentId }: Pick<Turn, 'storyId' | 'parentId'> & { id: TurnId },
  note: Extract<PassageNote, { kind: 'draft' }>,
  createdAt: string
): MessageRow => {
  const { role, provider, model, tokenName, inputTokens, outputTokens, cost, dropped } = draft
  return {
    id: newId(MessageId),
    storyId,
    parentId,
    author: 'story',
    text: draft.answer.trim(),
    state: 'complete',
    writtenBy: {
      role,
      provider,
      model,
      tokenName,
      inputTokens,
      outputTokens,
      cost,
      dropped,
      turnId: id,
      notes: [note],
    },
    edited: false,
    deleted: false,
    createdAt,
  }
}

/** The drafts of passages that broke off while another role wrote them for the reader. */
export interface SparedDrafts {
  isThere(id: MessageId): boolean
  /**
   * Lays the draft as an alternative of the passage, once. Returns it; nothing shows it yet. Throws `not_found` where there is
   * none.
   */
  lay(id: MessageId): MessageId
}

/** How a passage ends that its role did not bring to its end. */
const brokenOff = new Set<MessageState>(['stopped', 'cut', 'failed'])

export function createSparedDrafts({ stores, clock }: { stores: Stores; clock: Clock }): SparedDrafts {
  const find = (id: MessageId) => {
    const passage = stores.messages.get(id)
    if (!passage || passage.deleted || !brokenOff.has(passage.state)) return null
    const turn = stores.turns.ofPassage(id)
    const steps = turn ? stores.turns.steps(turn.id) : []
    const role = steps.at(-1)?.role
    const draft = draftIn(steps)
    return turn && draft && role !== undefined && role !== MAIN ? { passage, turn, draft, role } : null
  }
  return {
    isThere: (id) => find(id) !== null,
    lay: (id) =>
      stores.transaction(() => {
        const found = find(id)
        if (!found)
          throw new FabulaError(CommonError.NotFound, `The passage ${id} has no draft`, { details: { path: 'id' } })
        const { passage, turn, draft, role } = found
        const laid = stores.messages
          .alternatives(passage)
          .find((other) => stores.messages.get(other)?.text === draft.answer.trim())
        if (laid !== undefined) return laid
        const note = { kind: 'draft', role, error: null, chosen: true } as const
        const row = draftPassage(draft, turn, note, timestamp(clock))
        stores.messages.insert(row)
        return row.id
      }),
  }
}
