import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import type { JsonValue } from '@contract/values'
import { TableView } from './TableView'
import type { LiveAnswer } from './use-live-generation'
import type { Shape } from './value-shape'
import { ValueView } from './ValueView'
import classes from './GenerationCard.module.css'

interface Props {
  generation: Generation
  live: (LiveAnswer & { value: JsonValue | undefined }) | null
  shape: Shape | null
}

/** What was answered, as something to be read and not as JSON; while it is written, what has come of it. */
export function GenerationBody({ generation, live, shape }: Props) {
  const { t } = useTranslation('generations')
  const text = live?.text ?? generation.text
  if (text === '' && generation.value === null) return null
  if (generation.format === 'text') return <p className={classes.prose}>{text}</p>
  const value = live ? ((generation.format === 'json' ? live.value : null) ?? null) : generation.value
  // What could not be read is shown as it came.
  if (value === null) return <pre className={classes.raw}>{text}</pre>
  if (generation.format === 'csv' && Array.isArray(value))
    return <TableView label={t('card.table')} rows={value} shape={shape} />
  return <ValueView value={value} shape={shape} />
}
