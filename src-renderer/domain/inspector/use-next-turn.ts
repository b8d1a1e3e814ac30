import { useDebouncedValue } from '@mantine/hooks'
import type { RoleId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { askedInput, useAskedRoles } from '@renderer/stores/asked-roles'
import { useDraftStore } from '@renderer/stores/writing-draft'

/** Milliseconds without a key. */
export const PAUSE_MS = 400

/** What the composer of a story holds for its next turn: the line, and the roles that are asked for. */
export function useNextTurn(storyId: StoryId): { line: string; roles: { roles?: RoleId[] } } {
  const story = useRoute('stories.get', { id: storyId }).data
  const typed = useDraftStore((state) => state.drafts[storyId])
  // With every word typed the whole prompt would be laid again: what is shown waits for a pause.
  const [line] = useDebouncedValue((typed ?? story?.draft ?? '').trim(), PAUSE_MS)
  return { line, roles: askedInput(useAskedRoles(storyId)) }
}
