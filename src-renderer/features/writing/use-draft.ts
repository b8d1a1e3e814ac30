import { useCallback, useEffect } from 'react'
import type { StoryId } from '@contract/ids'
import { useDraftStore, type Draft } from '@renderer/stores/writing-draft'
import { saveDraftNow, writeDraft } from './draft-saver'

/**
 * The composer's text. What was typed in this session comes before what the database had when the story was opened,
 * so a late answer never overwrites newer words.
 */
export function useDraft(
  storyId: StoryId,
  stored: string
): Draft & {
  write: (text: string) => void
  save: () => void
} {
  const draft = useDraftStore((state) => state.drafts[storyId])

  useEffect(() => {
    const save = () => void saveDraftNow(storyId)
    window.addEventListener('pagehide', save)
    window.addEventListener('blur', save)
    return () => {
      window.removeEventListener('pagehide', save)
      window.removeEventListener('blur', save)
      save()
    }
  }, [storyId])

  const write = useCallback((text: string) => writeDraft(storyId, text), [storyId])
  const save = useCallback(() => void saveDraftNow(storyId), [storyId])
  return { ...(draft ?? { text: stored, state: 'saved', error: null }), write, save }
}
