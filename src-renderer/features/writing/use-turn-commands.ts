import { useCallback, useMemo, useState } from 'react'
import type { Message } from '@contract/entities/story'
import type { TurnKind } from '@contract/entities/turn'
import type { MessageId, RoleId, StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyError } from '@renderer/components/notify'
import { askedInput, useAskedRoles, useAskedRolesStore } from '@renderer/stores/asked-roles'

interface Start {
  kind: TurnKind
  text?: string
  /** The passage with which the story is taken to end. */
  at?: MessageId
  revise?: string
}

export interface TurnCommands {
  /** True once the turn runs; the words may go then, and not before. */
  start: (turn: Start) => Promise<boolean>
  /** Another try at the last passage, or at the one that never came. */
  retry: () => void
  /** Another try at an earlier passage. */
  retryAt: (id: MessageId) => void
  /** Another try with what the Guard found in the last passage, and a word of the writer. */
  revise: (word: string) => void
  goOn: () => void
  stop: () => void
  /** A turn was asked for and has not begun. */
  starting: boolean
  /** Why the last turn could not begin. */
  error: unknown
  /** Roles that are to work in the next turn, whatever begins it; nobody again once it runs. */
  asked: readonly RoleId[]
  ask: (roles: readonly RoleId[]) => void
}

/** What a writer can ask of a story; the same object until something of it changes. `last` is the last passage on the page. */
export function useTurnCommands(storyId: StoryId, last: Message | undefined): TurnCommands {
  const [starting, setStarting] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const asked = useAskedRoles(storyId)
  const ask = useCallback((roles: readonly RoleId[]) => useAskedRolesStore.getState().ask(storyId, roles), [storyId])

  const start = useCallback(
    async ({ kind, text, at, revise }: Start) => {
      setStarting(true)
      setError(null)
      try {
        await request('turns.start', { storyId, kind, text, at, revise, ...askedInput(asked) })
        ask([])
        return true
      } catch (reason) {
        setError(reason)
        return false
      } finally {
        setStarting(false)
      }
    },
    [storyId, asked, ask]
  )

  const isEmpty = last === undefined
  const retry = useCallback(() => {
    // A story whose very first turn failed has nothing to write again: it begins.
    void start(isEmpty ? { kind: 'send', text: '' } : { kind: 'retry' })
  }, [start, isEmpty])
  const retryAt = useCallback((id: MessageId) => void start({ kind: 'retry', at: id }), [start])
  const revise = useCallback((word: string) => void start({ kind: 'retry', revise: word }), [start])
  const goOn = useCallback(() => void start({ kind: 'continue' }), [start])
  const stop = useCallback(() => void request('turns.stop', { storyId }).catch(notifyError), [storyId])

  return useMemo(
    () => ({ start, retry, retryAt, revise, goOn, stop, starting, error, asked, ask }),
    [start, retry, retryAt, revise, goOn, stop, starting, error, asked, ask]
  )
}
