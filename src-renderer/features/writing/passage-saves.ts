import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { EditSession } from '@contract/entities/edit'
import type { Message } from '@contract/entities/story'
import type { MessageId, StoryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { SaveQueue, type SaveProgress } from '@renderer/components/save-queue'

/** What a passage is to say, on its way to main. */
interface Words {
  storyId: StoryId
  id: MessageId
  text: string
  session: EditSession
}

interface Unsaved {
  unsaved: readonly Words[]
}

export type PassageSaves = SaveQueue<Words, Message, Unsaved>

/** Milliseconds from the last key to the save, and until a failed one is tried again by itself. */
const SAVE_DELAY = 250
const TRY_AGAIN = 5000

const queues = new WeakMap<QueryClient, PassageSaves>()

/** Saves what is typed into passages as it is typed. One queue for all, which outlives the screen. */
export function passageSaves(client: QueryClient): PassageSaves {
  const known = queues.get(client)
  if (known) return known
  const queue: PassageSaves = new SaveQueue(
    {
      send: ({ id, text, session }) => request('messages.edit', { id, text, session }),
      onSaved: (stored) => putOnPage(client, stored),
      delay: SAVE_DELAY,
    },
    ({ id }) => id,
    (unsaved) => ({ unsaved })
  )
  let again: ReturnType<typeof setTimeout> | undefined
  queue.subscribe(() => {
    if (queue.snapshot().state !== 'failed') return
    clearTimeout(again)
    again = setTimeout(() => queue.retry(), TRY_AGAIN)
  })
  queues.set(client, queue)
  return queue
}

/** The page has the new words before the queue lets go of them: the old ones never show in between. */
function putOnPage(client: QueryClient, stored: Message): void {
  client.setQueriesData<RouteOutput<'messages.page'>>(
    { predicate: ({ queryKey: [route] }) => route === 'messages.page' },
    (page) =>
      page && page.messages.some(({ id }) => id === stored.id)
        ? { ...page, messages: page.messages.map((message) => (message.id === stored.id ? stored : message)) }
        : page
  )
}

/** Saves at once what still rests, and waits until main has it or refused it. */
export function settlePassages(client: QueryClient): Promise<void> {
  const queue = passageSaves(client)
  queue.flush()
  return new Promise((resolve) => {
    const look = () => {
      if (queue.snapshot().state === 'saving') return
      end()
      resolve()
    }
    const end = queue.subscribe(look)
    look()
  })
}

/** The words of a passage that main does not have yet. */
export function useUnsavedWords(id: MessageId): string | undefined {
  const queue = passageSaves(useQueryClient())
  return useSyncExternalStore(queue.subscribe, () => queue.snapshot().unsaved.find((words) => words.id === id)?.text)
}

/** Whether what was typed into the passages of a story is saved. */
export function usePassagesSaved(storyId: StoryId): SaveProgress['state'] {
  const queue = passageSaves(useQueryClient())
  return useSyncExternalStore(queue.subscribe, () => {
    const { state, unsaved } = queue.snapshot()
    return unsaved.some((words) => words.storyId === storyId) ? state : 'saved'
  })
}

/** What still rests is saved when the window is left or closes. */
export function useSaveOnLeave(): void {
  const queue = passageSaves(useQueryClient())
  useEffect(() => {
    const save = () => queue.flush()
    window.addEventListener('pagehide', save)
    window.addEventListener('blur', save)
    return () => {
      window.removeEventListener('pagehide', save)
      window.removeEventListener('blur', save)
      save()
    }
  }, [queue])
}
