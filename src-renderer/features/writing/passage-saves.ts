import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { EditSession } from '@contract/entities/edit'
import type { Message } from '@contract/entities/story'
import type { MessageId, StoryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { SaveQueue, type SaveProgress } from '@renderer/components/save-queue'
import { keptSaves } from '@renderer/components/use-saves'

/** What a passage is to say, on its way to main. */
interface Words {
  id: MessageId
  text: string
  session: EditSession
}

/** Saves what is typed into the passages of a story as it is typed. */
export const passageSaves = keptSaves(
  (client, _story: StoryId) =>
    new SaveQueue<Words>({
      save: async (words) => putOnPage(client, await request('messages.edit', words)),
      partOf: ({ id }) => id,
      keepsRefused: () => true,
    })
)

/** The page has the new words before the queue lets go of them: the old ones never show in between. */
export function putOnPage(client: QueryClient, stored: Message): void {
  client.setQueriesData<RouteOutput<'messages.page'>>(
    { predicate: ({ queryKey: [route] }) => route === 'messages.page' },
    (page) =>
      page && page.messages.some(({ id }) => id === stored.id)
        ? { ...page, messages: page.messages.map((message) => (message.id === stored.id ? stored : message)) }
        : page
  )
}

/** The words of a passage that main does not have yet. */
export function useUnsavedWords({ storyId, id }: Message): string | undefined {
  const saves = passageSaves(useQueryClient(), storyId)
  return useSyncExternalStore(
    saves.subscribe,
    () => saves.snapshot().unsaved.findLast((words) => words.id === id)?.text
  )
}

/** Whether what was typed into the passages of a story is saved. */
export function usePassagesSaved(storyId: StoryId): SaveProgress['state'] {
  const saves = passageSaves(useQueryClient(), storyId)
  return useSyncExternalStore(saves.subscribe, () => saves.snapshot().state)
}
