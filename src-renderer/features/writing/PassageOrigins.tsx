import { Popover, UnstyledButton } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import type { PassageNote } from '@contract/entities/turn-results'
import type { TurnId } from '@contract/ids'
import { RecalledList } from './RecalledList'
import { StepTexts } from './StepTexts'
import notes from './PassageNotes.module.css'
import classes from './PassageBar.module.css'

/** What the roles did for a passage, a word for each; its details open on demand. */
export function PassageOrigins({ message: { writtenBy } }: { message: Message }) {
  const { t } = useTranslation('writing')
  const turnId = writtenBy?.turnId
  if (!turnId) return null
  const wordsOf = (note: PassageNote): string | null => {
    switch (note.kind) {
      case 'planned':
        return t('origins.planned')
      case 'recalled':
        return t(note.wordsAlone ? 'origins.recalledByWords' : 'origins.recalled', { count: note.passages })
      case 'reasoning':
        return t('origins.reasoning')
      case 'guard':
        if (note.outcome === 'open') return null
        return note.outcome === 'accepted' ? t('origins.accepted') : t('origins.passed', { count: note.rewrites })
      case 'draft':
        return note.chosen ? t('origins.draft') : null
      case 'failed':
        return null
    }
  }
  return writtenBy.notes?.map((note, index) => {
    const words = wordsOf(note)
    if (words === null) return null
    return (
      <span key={`${note.kind}-${index}`} className={classes.fact}>
        {note.kind === 'guard' || note.kind === 'draft' ? (
          words
        ) : (
          <Opener label={words}>{(close) => detailsOf(note, turnOf(note, turnId), close)}</Opener>
        )}
      </span>
    )
  })
}

/** A step that was kept when a turn was taken again has its details in the turn that took it. */
const turnOf = (note: PassageNote, turnId: TurnId): TurnId =>
  note.kind === 'planned' || note.kind === 'recalled' ? (note.turnId ?? turnId) : turnId

function detailsOf(note: PassageNote, turnId: TurnId, close: () => void): ReactNode {
  if (note.kind === 'recalled') return <RecalledList turnId={turnId} onOpen={close} />
  return <StepTexts turnId={turnId} what={note.kind === 'planned' ? 'plan' : 'reasoning'} />
}

function Opener({ label, children }: { label: string; children: (close: () => void) => ReactNode }) {
  const [opened, setOpened] = useState(false)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width="min(560px, calc(100vw - 48px))"
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton className={notes.opener} onClick={() => setOpened(!opened)}>
          {label}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={notes.panel} aria-label={label} tabIndex={-1} data-autofocus>
        {children(() => setOpened(false))}
      </Popover.Dropdown>
    </Popover>
  )
}
