import { Button } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@renderer/components/IconButton'
import { SaveState } from '@renderer/components/SaveState'
import type { SaveProgress } from '@renderer/components/save-queue'
import { NameVersion } from './NameVersion'
import classes from './Templates.module.css'

interface Props {
  /** Of the draft itself, which is kept as it is written. */
  state: SaveProgress['state']
  /** The number that the version would get. */
  next: number
  saving: boolean
  onSave: (words?: { name: string; note: string }) => void
  onDiscard: () => void
}

/** Says that what is written is in no version yet, and makes one of it or gives it up. */
export function DraftBar({ state, next, saving, onSave, onDiscard }: Props) {
  const { t } = useTranslation('templates')
  const [naming, setNaming] = useState(false)
  const save = t('draft.save', { number: next })
  return (
    <div className={classes.draft} role="group" aria-label={t('draft.label')}>
      <span className={classes.draftState}>{state === 'saved' ? t('draft.kept') : <SaveState state={state} />}</span>
      <Button variant="subtle" color="gray" size="xs" onClick={onDiscard}>
        {t('draft.discard')}
      </Button>
      <Button size="xs" loading={saving} aria-keyshortcuts="Control+S Meta+S" onClick={() => onSave()}>
        {save}
      </Button>
      <IconButton label={t('draft.saveNamed')} onClick={() => setNaming(true)}>
        <IconDots size={16} aria-hidden />
      </IconButton>
      <NameVersion
        opened={naming}
        title={save}
        words={{ name: '', note: '' }}
        onSubmit={(words) => {
          setNaming(false)
          onSave(words)
        }}
        onCancel={() => setNaming(false)}
      />
    </div>
  )
}
