import { useEffect, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageId, StoryId } from '@contract/ids'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useTargetStore } from '@renderer/stores/writing-target'

interface Parts {
  loadUntil: (id: MessageId) => Promise<boolean>
  stay: () => void
  scroller: RefObject<HTMLDivElement | null>
}

/** Milliseconds that the passage stands out. */
const SHOWN_MS = 2500

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** Opens the story at the passage that a search found, however far back it is. */
export function useShowTarget(storyId: StoryId, ready: boolean, { loadUntil, stay, scroller }: Parts): void {
  const { t } = useTranslation('writing')
  const target = useTargetStore((state) => (state.target?.storyId === storyId ? state.target.messageId : null))

  useEffect(() => {
    if (!ready || !target) return
    const show = async () => {
      const there = await loadUntil(target)
      useTargetStore.getState().reached()
      if (!there) {
        notifyDone(t('page.targetGone'))
        return
      }
      await nextFrame()
      stay()
      const passage = scroller.current?.querySelector<HTMLElement>(`[data-passage="${target}"]`)
      passage?.scrollIntoView({ block: 'start' })
      passage?.focus({ preventScroll: true })
      // Shows for a moment which one it is.
      passage?.animate([{ backgroundColor: 'var(--fab-rubric-tint)' }, { backgroundColor: 'transparent' }], SHOWN_MS)
    }
    show().catch(notifyError)
  }, [ready, target, loadUntil, stay, scroller, t])
}
