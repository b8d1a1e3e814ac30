import { useTranslation } from 'react-i18next'
import type { PresetPatch } from '@contract/entities/preset'
import { InlineTitle } from '@renderer/components/InlineTitle'
import classes from './PresetTitle.module.css'

interface Props {
  name: string
  description: string
  /** Why the last save failed, or null. */
  error: unknown
  onChange: (patch: PresetPatch) => void
}

/** Name and description, edited where they stand. */
export function PresetTitle({ name, description, error, onChange }: Props) {
  const { t } = useTranslation('presets')
  return (
    <div className={classes.title}>
      <InlineTitle
        name={name}
        label={t('name')}
        needed={t('nameNeeded')}
        error={error}
        onChange={(next) => onChange({ name: next })}
      />
      <textarea
        className={classes.description}
        aria-label={t('description')}
        placeholder={t('descriptionHint')}
        maxLength={2000}
        rows={1}
        value={description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </div>
  )
}
