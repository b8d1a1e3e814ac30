import { useEffect, useSyncExternalStore } from 'react'
import type { Message } from '@contract/entities/story'
import type { EventPayload } from '@contract/events'
import type { StoryId } from '@contract/ids'
import { bridge, request } from '@renderer/api/bridge'
import { useTurnStore, type LiveTurn } from '@renderer/stores/writing-turn'

/** Asks main what runs now: on opening a story late, and when text was missed. */
async function sync(storyId: StoryId): Promise<void> {
  const before = useTurnStore.getState().turns[storyId]
  const active = await request('turns.active', { storyId }).catch(() => undefined)
  if (active) useTurnStore.getState().synced(active)
  else if (active === null && before) useTurnStore.getState().endedUnheard(storyId, before.turnId)
}

const missedSome = ({ topics, only }: EventPayload<'data.changed'>): boolean =>
  topics.includes('messages') && only.messages === undefined

/** Follows the turns of a story while it is on screen. Its passages are asked for again as with any other change. */
export function useFollowTurn(storyId: StoryId): void {
  useEffect(() => {
    const turns = useTurnStore.getState()
    const end = bridge().subscribe((event) => {
      switch (event.name) {
        case 'data.changed':
          // Whoever missed the end of a turn (a connection was lost) hears of it here: then no rows are named.
          if (missedSome(event.payload) && useTurnStore.getState().turns[storyId]) void sync(storyId)
          return
        case 'turn.started':
          if (event.payload.storyId === storyId) turns.started(event.payload)
          return
        case 'turn.step':
          if (event.payload.storyId === storyId) turns.step(event.payload)
          return
        case 'turn.delta':
          if (event.payload.storyId === storyId && turns.delta(event.payload)) void sync(storyId)
          return
        case 'turn.ended':
          if (event.payload.storyId === storyId) turns.ended(event.payload)
          return
        default:
        // Everything else that main tells is not of a turn.
      }
    })
    void sync(storyId)
    return end
  }, [storyId])
}

/** The turn that runs, until the first word of its passage comes; nothing, and no render for any word, from then on. */
export const useSilentTurn = (storyId: StoryId): LiveTurn | undefined =>
  useTurnStore(({ turns: { [storyId]: turn } }) => (turn?.phase === 'running' && turn.text === '' ? turn : undefined))

export const useTurnRunning = (storyId: StoryId): boolean =>
  useTurnStore((state) => state.turns[storyId]?.phase === 'running')

/** The same at this moment, for what is asked when something is done. */
export const isTurnRunning = (storyId: StoryId): boolean => useTurnStore.getState().turns[storyId]?.phase === 'running'

const noSubscription = () => () => {}

/** The text of the passage being written; undefined, and no render for any event, for every other passage. */
export function useLiveText(storyId: StoryId, live: boolean): string | undefined {
  return useSyncExternalStore(live ? useTurnStore.subscribe : noSubscription, () =>
    live ? useTurnStore.getState().turns[storyId]?.text : undefined
  )
}

/** Lets the live text go once the stored passage is on the page as it will stay. */
export function useDropEndedTurn(storyId: StoryId, messages: readonly Message[] | undefined): void {
  const turnId = useTurnStore((state) => state.turns[storyId]?.turnId)
  const phase = useTurnStore((state) => state.turns[storyId]?.phase)
  const messageId = useTurnStore((state) => state.turns[storyId]?.messageId)
  const stored = messages?.find(({ id }) => id === messageId)
  const isStored = stored !== undefined && stored.state !== 'streaming'
  useEffect(() => {
    if (turnId && phase === 'ended' && isStored) useTurnStore.getState().drop(storyId, turnId)
  }, [storyId, turnId, phase, isStored])
}
