import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './StorySettings.module.css'

interface Props {
  /** The setting's name, for screen readers. */
  name: string
  /** What the preset said when the story began to differ, and what it says now; null for nothing. */
  before: string | null
  now: string | null
  /** The preset has come to say what the story says. */
  same: boolean
  onKeep: () => void
  onTake: () => void
}

/** The preset has changed under a value that the story has of its own. */
export function OutdatedNote({ name, before, now, same, onKeep, onTake }: Props) {
  const { t } = useTranslation('story-settings')
  const words = () => {
    if (before === null) return t('mark.thenUnset', { now })
    return now === null ? t('mark.nowUnset', { before }) : t('mark.then', { before, now })
  }
  return (
    <div className={classes.outdated}>
      <IconHistory size={15} stroke={1.6} aria-hidden />
      <div>
        {same ? t('mark.same') : words()}
        <div className={classes.choices}>
          {!same && (
            <Button variant="default" size="compact-xs" aria-label={t('mark.keepOf', { name })} onClick={onKeep}>
              {t('mark.keep')}
            </Button>
          )}
          <Button variant="default" size="compact-xs" aria-label={t('mark.takeOf', { name })} onClick={onTake}>
            {t('mark.take')}
          </Button>
        </div>
      </div>
    </div>
  )
}
