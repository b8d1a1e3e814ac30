import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import type { StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { SaveQueue, type SaveProgress } from '@renderer/components/save-queue'
import { keptSaves, useSaves } from '@renderer/components/use-saves'
import { useDraftStore } from '@renderer/stores/writing-draft'

const draftSaves = keptSaves(
  (_client, id: StoryId) =>
    new SaveQueue<string>({
      save: (draft) => request('stories.saveDraft', { id, draft }),
      partOf: () => 'draft',
      keepsRefused: () => true,
    })
)

export interface ComposerDraft extends SaveProgress {
  text: string
  write: (text: string) => void
  save: () => void
}

/**
 * The composer's text, saved as it is typed. What was typed in this session comes before what the database had when the
 * story was opened, so a late answer never overwrites newer words.
 */
export function useDraft(storyId: StoryId, stored: string): ComposerDraft {
  const saves = draftSaves(useQueryClient(), storyId)
  const { state, error } = useSaves(saves)
  const typed = useDraftStore((store) => store.drafts[storyId])
  const write = useCallback(
    (text: string) => {
      useDraftStore.getState().put(storyId, text)
      saves.add(text)
    },
    [storyId, saves]
  )
  const save = useCallback(() => void saves.flush(), [saves])
  return { text: typed ?? stored, state, error, write, save }
}

/** Whether what stands in the composer of a story is saved. */
export function useDraftSaved(storyId: StoryId): SaveProgress['state'] {
  const saves = draftSaves(useQueryClient(), storyId)
  return useSyncExternalStore(saves.subscribe, () => saves.snapshot().state)
}
