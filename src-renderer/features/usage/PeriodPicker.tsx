import { SegmentedControl, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { periodNames, type OwnRange, type PeriodName } from './period'
import classes from './UsageScreen.module.css'

export interface PeriodPickerProps {
  name: PeriodName
  own: OwnRange
  /** The own range is none. */
  wrong: boolean
  onName: (name: PeriodName) => void
  onOwn: (own: OwnRange) => void
}

/** Which time is shown: up to today, or between two days. */
export function PeriodPicker({ name, own, wrong, onName, onOwn }: PeriodPickerProps) {
  const { t } = useTranslation('usage')
  return (
    <div className={classes.period}>
      <SegmentedControl
        aria-label={t('period.label')}
        value={name}
        onChange={onName}
        data={periodNames.map((value) => ({ value, label: t(`period.${value}`) }))}
      />
      {name === 'own' && (
        <div className={classes.range}>
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className={classes.day}>
              {t(`period.${end}`)}
              <TextInput
                type="date"
                value={own[end]}
                error={wrong}
                onChange={(event) => onOwn({ ...own, [end]: event.currentTarget.value })}
              />
            </label>
          ))}
          <p role="status" className={classes.wrong}>
            {wrong && t('period.wrong')}
          </p>
        </div>
      )}
    </div>
  )
}
