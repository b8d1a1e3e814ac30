import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import type { StoryId } from '@contract/ids'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { Passage } from './Passage'
import { useReachPassages } from './use-reach-passages'

export interface PassagesProps {
  storyId: StoryId
  messages: readonly Message[]
  /** The first of `messages` is where the story begins. */
  fromStart: boolean
}

/** The passages that are loaded, as running text. */
export function Passages({ storyId, messages, fromStart }: PassagesProps) {
  const { t } = useTranslation('writing')
  const feed = useRef<HTMLDivElement>(null)
  useReachPassages(feed)
  const liveId = useTurnStore((state) => state.turns[storyId]?.messageId)
  const opening = fromStart ? messages.find(({ author }) => author === 'story')?.id : undefined
  const lastId = messages.findLast(({ author, text }) => author === 'story' || text !== '')?.id
  return (
    <div ref={feed} {...(messages.length > 0 && { role: 'feed', 'aria-label': t('page.label') })}>
      {messages.map((message) => (
        <Passage
          // The place, not the passage: another alternative takes it without losing the focus or moving the page.
          key={message.alternatives[0] ?? message.id}
          message={message}
          live={message.id === liveId}
          first={message.id === opening}
          last={message.id === lastId}
        />
      ))}
    </div>
  )
}
