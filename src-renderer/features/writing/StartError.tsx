import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Story } from '@contract/entities/story'
import { FabulaError, PresetError } from '@contract/errors'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import classes from './Composer.module.css'

export interface StartErrorProps {
  error: unknown
  story: Story
}

/** Why a turn could not begin, with the way to the preset where that is what to change. */
export function StartError({ error, story: { presetId } }: StartErrorProps) {
  const { t } = useTranslation('writing')
  const inPreset = error instanceof FabulaError && error.code === PresetError.RoleWithoutModel
  return (
    <div className={classes.problem}>
      <ErrorNotice error={error} />
      {inPreset && (
        <Button variant="default" size="xs" component={Link} href={`/presets/${presetId}`}>
          {t('cast.editPreset')}
        </Button>
      )}
    </div>
  )
}
