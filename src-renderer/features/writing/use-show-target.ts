import { useQueryClient } from '@tanstack/react-query'
import type { Virtualizer } from '@tanstack/react-virtual'
import { useEffect, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useTargetStore } from '@renderer/stores/writing-target'
import { findPassage } from './use-passages'

interface Parts {
  virtual: Virtualizer<HTMLDivElement, HTMLDivElement>
  stay: () => void
  scroller: RefObject<HTMLDivElement | null>
}

/** Milliseconds that the passage stands out. */
const SHOWN_MS = 2500
/** Frames in which a passage that was read is drawn. */
const MOST_FRAMES = 120

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** Opens the story at the passage that a search found, however far back it is. */
export function useShowTarget(storyId: StoryId, ready: boolean, { virtual, stay, scroller }: Parts): void {
  const { t } = useTranslation('writing')
  const client = useQueryClient()
  const target = useTargetStore((state) => (state.target?.storyId === storyId ? state.target.messageId : null))

  useEffect(() => {
    if (!ready || !target) return
    const drawn = async () => {
      const found = () => scroller.current?.querySelector<HTMLElement>(`[data-passage="${target}"]`)
      // Each frame depends on what the one before it drew.
      for (let frame = 0; !found() && frame < MOST_FRAMES; frame += 1) await nextFrame()
      return found()
    }
    const show = async () => {
      const position = await findPassage(client, storyId, target).catch((error: unknown) => {
        if (error instanceof FabulaError && error.code === 'not_found') return null
        throw error
      })
      useTargetStore.getState().reached()
      if (position === null) {
        notifyDone(t('page.targetGone'))
        return
      }
      const inWindow = virtual.range && position >= virtual.range.startIndex && position < virtual.range.endIndex
      if (!inWindow) {
        stay()
        virtual.scrollToIndex(position, { align: 'start' })
      }
      const passage = await drawn()
      passage?.focus({ preventScroll: true })
      // Shows for a moment which one it is.
      passage?.animate([{ backgroundColor: 'var(--fab-rubric-tint)' }, { backgroundColor: 'transparent' }], SHOWN_MS)
    }
    show().catch(notifyError)
  }, [ready, target, virtual, stay, scroller, storyId, client, t])
}
