import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Name } from '@contract/values'
import type { PresetPatch } from '@contract/entities/preset'
import { toErrorShape, useErrorText } from '@renderer/components/error-text'
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
  const errorText = useErrorText()
  const [typed, setTyped] = useState<string | null>(null)
  const parsed = typed === null ? null : Name.safeParse(typed)
  const taken = error !== null && toErrorShape(error).code === 'name_taken'
  const problem = parsed && !parsed.success ? t('nameNeeded') : taken ? errorText(error).what : ''
  return (
    <div className={classes.title}>
      <h2 className={classes.heading}>
        <input
          className={classes.name}
          aria-label={t('name')}
          aria-invalid={problem !== ''}
          aria-describedby="preset-name-problem"
          maxLength={120}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? name}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            const next = Name.safeParse(event.currentTarget.value)
            if (next.success && next.data !== name) onChange({ name: next.data })
          }}
          onBlur={() => setTyped(null)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </h2>
      <div id="preset-name-problem" className={classes.problem} aria-live="polite">
        {problem}
      </div>
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
