import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { MessageId, type TurnId } from '@contract/ids'
import type { CanonPlace, Contradiction } from '@contract/entities/turn-results'
import { useRoute } from '@renderer/api/queries'
import { useTargetStore } from '@renderer/stores/writing-target'
import { useWriting } from './writing-context'
import classes from './PassageNotes.module.css'

/** What the Guard found last in the draft of a turn: the words of both sides, and where they stand. */
export function ContradictionList({ turnId }: { turnId: TurnId }) {
  const { t } = useTranslation('writing')
  const { data: steps } = useRoute('turns.steps', { turnId })
  const verdict = steps?.findLast(({ result }) => result?.kind === 'verdict')?.result
  if (verdict?.kind !== 'verdict') return null
  return (
    <ol className={classes.list}>
      {verdict.contradictions.map((one, index) => (
        <li key={index} className={classes.item}>
          <span className={classes.severity} data-severity={one.severity}>
            {t(`notes.severity.${one.severity}`)}
          </span>
          <span>{one.why}</span>
          <Quote label={t('notes.inDraft')} words={one.quote} found={one.quoteFound} />
          {one.canon !== '' && (
            <Quote label={t('notes.inCanon')} words={one.canon} found={one.canonFound} place={one.place} />
          )}
        </li>
      ))}
    </ol>
  )
}

interface QuoteProps {
  label: string
  words: Contradiction['quote']
  found: boolean
  place?: CanonPlace | null
}

function Quote({ label, words, found, place = null }: QuoteProps) {
  const { t } = useTranslation('writing')
  const { storyId } = useWriting()
  const passage =
    place?.kind === 'passage' || place?.kind === 'recalled' ? MessageId.safeParse(place.id).data : undefined
  return (
    <span className={classes.quote}>
      <span className={classes.label}>{label}</span> <q>{words}</q>{' '}
      {!found && <span className={classes.missing}>{t('notes.notFound')} </span>}
      {passage && (
        <UnstyledButton className={classes.open} onClick={() => useTargetStore.getState().show(storyId, passage)}>
          {t('notes.toPassage')}
        </UnstyledButton>
      )}
      {place && !passage && <span className={classes.label}>{place.title}</span>}
    </span>
  )
}
