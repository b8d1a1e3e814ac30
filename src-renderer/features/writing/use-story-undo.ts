import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoryId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useEditStore } from '@renderer/stores/writing-edits'
import { useTargetStore } from '@renderer/stores/writing-target'
import { passageSaves } from './passage-saves'
import { isTurnRunning } from './use-turn'

type Direction = 'undo' | 'redo'

/** Fields keep their own undo while they have something to undo; others leave the keys to the story. */
const hasOwnUndo = (target: EventTarget | null): boolean => {
  if (!(target instanceof Element)) return false
  if (target.closest('[role="dialog"]')) return true
  const field = target.closest('input, textarea, [contenteditable]')
  return field !== null && !(field instanceof HTMLElement && field.dataset['undoesStory'] !== undefined)
}

function directionOf(event: KeyboardEvent): Direction | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return null
  // The place of the key, not its letter: Z is another letter where Russian is typed.
  if (event.code === 'KeyZ') return event.shiftKey ? 'redo' : 'undo'
  return event.code === 'KeyY' && !event.shiftKey ? 'redo' : null
}

/** Undo and redo over all that is done by hand to the passages of a story, with the keys for it. */
export function useStoryUndo(storyId: StoryId): (direction: Direction) => Promise<void> {
  const { t } = useTranslation('writing')
  const client = useQueryClient()

  const step = useCallback(
    async (direction: Direction) => {
      if (isTurnRunning(storyId)) return
      try {
        // What was just typed is a step like any other.
        await passageSaves(client, storyId).flush()
        const done = await request(direction === 'undo' ? 'stories.undo' : 'stories.redo', { id: storyId })
        if (!done) {
          notifyDone(t(`${direction}.nothing`))
          return
        }
        useEditStore.getState().end(done.messageId)
        notifyDone(t(`${direction}.${done.kind}`))
        const isGone = done.kind === 'delete' && direction === 'redo'
        if (!isGone) useTargetStore.getState().show(storyId, done.messageId)
      } catch (error) {
        notifyError(error)
      }
    },
    [storyId, client, t]
  )

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const direction = directionOf(event)
      if (!direction || event.defaultPrevented || hasOwnUndo(event.target)) return
      event.preventDefault()
      void step(direction)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [step])
  return step
}
