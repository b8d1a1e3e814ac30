import { VisuallyHidden } from '@mantine/core'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import { useRoleName } from '@renderer/domain/use-role-name'
import { useTurnStore } from '@renderer/stores/writing-turn'

type Stage = 'none' | 'works' | 'writes' | 'ended'

export interface TurnAnnouncerProps {
  storyId: StoryId
  last: Message | undefined
}

/** Tells a screen reader that a turn began, who is at work and how it ended; never the text word by word. */
export const TurnAnnouncer = memo(function TurnAnnouncer({ storyId, last }: TurnAnnouncerProps) {
  const { t } = useTranslation('writing')
  const roleName = useRoleName()
  const role = useTurnStore((state) => state.turns[storyId]?.role ?? null)
  const stage = useTurnStore((state): Stage => {
    const turn = state.turns[storyId]
    if (!turn) return 'none'
    if (turn.phase === 'ended') return 'ended'
    return turn.messageId ? 'writes' : 'works'
  })
  const [ran, setRan] = useState(false)
  // How the last turn ended is news only where it was seen running.
  if (stage !== 'none' && !ran) setRan(true)

  const words = () => {
    if (stage === 'works') return role ? t('turn.other', { role: roleName(role) }) : t('turn.starting')
    if (stage === 'writes') return t('announce.writing')
    if (!ran || !last || last.author !== 'story' || last.state === 'streaming') return ''
    return t(`announce.${last.state}`)
  }
  return <VisuallyHidden role="status">{words()}</VisuallyHidden>
})
