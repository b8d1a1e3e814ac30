import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import { useEditStore } from '@renderer/stores/writing-edits'
import { useReachedStore } from '@renderer/stores/writing-reached'
import { ChapterEnd } from './ChapterEnd'
import { useUnsavedWords } from './passage-saves'
import { useLiveText } from './use-turn'
import { PassageBar } from './PassageBar'
import { PassageMedia } from './PassageMedia'
import { PassageEditor } from './PassageEditor'
import { PassageNotes } from './PassageNotes'
import { Prose } from './Prose'
import classes from './Passage.module.css'

export interface PassageProps {
  message: Message
  /** The running turn writes it. */
  live: boolean
  /** The first passage of the story, or of a chapter. */
  first: boolean
  /** The last one of the story. */
  last: boolean
  /** How many places the story has. */
  length: number
}

/** One passage. It renders only when its own text or place changes: the bar under it appears when it is reached. */
export const Passage = memo(function Passage({ message, live, first, last, length }: PassageProps) {
  const { t } = useTranslation('writing')
  const { id, storyId, author } = message
  const unsaved = useUnsavedWords(message)
  const liveText = useLiveText(storyId, live) ?? ''
  // Both are the same text, one further than the other: a continued passage is stored before its first new word.
  const text = unsaved ?? (liveText.length > message.text.length ? liveText : message.text)
  const editing = useEditStore((state) => id in state.edits)
  const reached = useReachedStore(({ hovered, focused }) => hovered === id || focused === id)
  const growing = live && message.state === 'streaming'
  if (author === 'writer' && text === '' && !editing) return null
  // Arrow keys walk through the passages (see useReachPassages); only the last is on the way of the Tab key.
  const focusable = { tabIndex: last ? 0 : -1 }

  return (
    <article
      className={classes.passage}
      data-passage={id}
      data-author={author}
      data-editing={editing || undefined}
      aria-posinset={message.position + 1}
      aria-setsize={length}
      aria-label={t(author === 'writer' ? 'passage.yours' : 'passage.story')}
      aria-busy={growing || undefined}
      {...focusable}
    >
      {editing ? (
        <PassageEditor message={message} />
      ) : (
        <div className={classes.text} data-passage-text>
          <Prose text={text} growing={growing} dropCap={first && author === 'story'} />
        </div>
      )}
      {!editing && !growing && <PassageNotes message={message} last={last} />}
      {!editing && !growing && <PassageMedia message={message} />}
      {!editing && (
        <div className={classes.foot}>
          {(reached || (last && author === 'story')) && !growing && <PassageBar message={message} last={last} />}
        </div>
      )}
      {message.chapterEnd !== undefined && <ChapterEnd message={message} name={message.chapterEnd} />}
    </article>
  )
})
