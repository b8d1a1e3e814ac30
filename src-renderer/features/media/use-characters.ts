import { useQueries } from '@tanstack/react-query'
import { StoryId, type WorldEntryId } from '@contract/ids'
import { routeQuery, useRoute } from '@renderer/api/queries'

/** Of no story: never asked for. */
const NOBODY = StoryId.parse('00000000-0000-7000-8000-000000000000')

export interface Speaker {
  id: WorldEntryId
  name: string
}

/** Who can speak in a story: the characters and personas of its worlds, and those that it takes by themselves. */
export function useCharacters(storyId: StoryId | null): readonly Speaker[] {
  const { data } = useRoute('storyWorlds.get', { storyId: storyId ?? NOBODY }, { enabled: storyId !== null })
  const found = useQueries({
    queries: (data?.worlds ?? []).map(({ id }) => routeQuery('worlds.entries', { worldId: id, kind: 'character' })),
    combine: (answers) => answers.flatMap((answer) => answer.data ?? []),
  })
  const all = [...found, ...(data?.entries ?? []).filter(({ kind }) => kind === 'character'), ...(data?.personas ?? [])]
  return [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()]
}
