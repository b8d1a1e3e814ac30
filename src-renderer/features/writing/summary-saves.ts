import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { Summary } from '@contract/entities/summary'
import type { StoryId, SummaryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import { request } from '@renderer/api/bridge'
import { SaveQueue } from '@renderer/components/save-queue'
import { keptSaves } from '@renderer/components/use-saves'

interface Words {
  id: SummaryId
  text: string
}

/** Saves what is typed into the summaries of a story as it is typed. */
export const summarySaves = keptSaves(
  (client, storyId: StoryId) =>
    new SaveQueue<Words>({
      save: async (words) => putInList(client, storyId, await request('summaries.edit', words)),
      partOf: ({ id }) => id,
      keepsRefused: () => true,
    })
)

/** The list has the new words before the queue lets go of them: the old ones never show in between. */
function putInList(client: QueryClient, storyId: StoryId, stored: Summary): void {
  client.setQueryData<RouteOutput<'summaries.list'>>(
    ['summaries.list', { storyId }],
    (list) => list && { ...list, summaries: list.summaries.map((one) => (one.id === stored.id ? stored : one)) }
  )
}

/** The words of a summary that main does not have yet, and why they could not be saved. */
export function useUnsavedSummary({ storyId, id }: Summary): { text: string | undefined; error: unknown } {
  const saves = summarySaves(useQueryClient(), storyId)
  const { unsaved, error } = useSyncExternalStore(saves.subscribe, saves.snapshot)
  const text = unsaved.findLast((words) => words.id === id)?.text
  return { text, error: text === undefined ? null : error }
}
