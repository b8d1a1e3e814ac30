import { Button, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import type { PassageNote } from '@contract/entities/turn-results'
import type { ErrorShape } from '@contract/errors'
import { useCommand } from '@renderer/api/queries'
import { useErrorText } from '@renderer/components/error-text'
import { notifyError } from '@renderer/components/notify'
import { useRoleName } from '@renderer/domain/use-role-name'
import { ContradictionList } from './ContradictionList'
import { RemarkForm } from './RemarkForm'
import { useTurnRunning } from './use-turn'
import { useWriting } from './writing-context'
import classes from './PassageNotes.module.css'

type Serious = Extract<PassageNote, { kind: 'failed' | 'draft' | 'guard' }>

const isSerious = (note: PassageNote): note is Serious =>
  note.kind === 'failed' ||
  (note.kind === 'draft' && !note.chosen) ||
  (note.kind === 'guard' && note.outcome === 'open')

/** Under a passage: what went wrong on its way, and what the writer can do about it. */
export function PassageNotes({ message, last }: { message: Message; last: boolean }) {
  const notes = message.writtenBy?.notes?.filter(isSerious) ?? []
  if (notes.length === 0) return null
  return (
    <ul className={classes.notes}>
      {notes.map((note, index) => (
        <li key={`${note.kind}-${index}`} className={classes.note}>
          {note.kind === 'guard' ? <GuardNote message={message} note={note} last={last} /> : <StepNote note={note} />}
        </li>
      ))}
    </ul>
  )
}

function StepNote({ note }: { note: Extract<Serious, { kind: 'failed' | 'draft' }> }) {
  const { t } = useTranslation('writing')
  const roleName = useRoleName()
  const errorText = useErrorText()
  const role = roleName(note.role)
  const reasonOf = (error: ErrorShape) => {
    const { what, why, next } = errorText(error)
    return [what, why, next].filter((sentence) => sentence !== '').join(' ')
  }
  if (note.kind === 'failed') return t('notes.failed', { role, reason: reasonOf(note.error) })
  if (note.error === null) return t('notes.draftStopped', { role })
  if (note.error.code === 'turn_interrupted') return t('notes.draftInterrupted')
  return t('notes.draftFailed', { role, reason: reasonOf(note.error) })
}

type GuardNoteProps = { message: Message; note: Extract<Serious, { kind: 'guard' }>; last: boolean }

/** What the Guard still finds: to keep it, to write it again with the remarks, or with a word of the writer. */
function GuardNote({ message, note, last }: GuardNoteProps) {
  const { t } = useTranslation('writing')
  const { storyId, revise } = useWriting()
  const running = useTurnRunning(storyId)
  const accept = useCommand('turns.accept', { onError: notifyError })
  const [opened, setOpened] = useState(false)
  const [asking, setAsking] = useState(false)
  const turnId = note.turnId ?? message.writtenBy?.turnId
  return (
    <>
      <span>
        {t('notes.open', { count: note.contradictions })}
        {note.end && ` ${t(`notes.end.${note.end}`, { count: note.rewrites })}`}{' '}
        {turnId && (
          <UnstyledButton className={classes.opener} aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {t(opened ? 'notes.hide' : 'notes.show')}
          </UnstyledButton>
        )}
      </span>
      {opened && turnId && <ContradictionList turnId={turnId} />}
      <span className={classes.actions}>
        <Button
          variant="default"
          size="compact-sm"
          loading={accept.isPending}
          onClick={() => accept.mutate({ id: message.id })}
        >
          {t('notes.accept')}
        </Button>
        {last && (
          <>
            <Button variant="default" size="compact-sm" disabled={running} onClick={() => revise('')}>
              {t('notes.reject')}
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              disabled={running}
              aria-expanded={asking}
              onClick={() => setAsking(!asking)}
            >
              {t('notes.ask')}
            </Button>
          </>
        )}
      </span>
      {asking && last && <RemarkForm disabled={running} onSend={revise} onClose={() => setAsking(false)} />}
    </>
  )
}
