import type { QueryClient } from '@tanstack/react-query'
import type { StoryId } from '@contract/ids'
import { routeQuery } from '@renderer/api/queries'
import { endQuery } from './use-passages'

/** Asks for what the first picture of a story is drawn from. What cannot be read says so where it is shown. */
export async function prepareStory(client: QueryClient, id: StoryId): Promise<void> {
  await Promise.all([client.prefetchQuery(routeQuery('stories.get', { id })), client.prefetchQuery(endQuery(id))])
}
