import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import { TableView } from './TableView'
import { usePartialJson } from './use-partial-json'
import type { LiveAnswer } from './use-live-generation'
import type { Shape } from './value-shape'
import { ValueView } from './ValueView'
import classes from './GenerationCard.module.css'

interface Props {
  generation: Generation
  live: LiveAnswer | null
  shape: Shape | null
}

/** What was answered, as something to be read and not as JSON; while it is written, what has come of it. */
export function GenerationBody({ generation, live, shape }: Props) {
  const { t } = useTranslation('generations')
  const text = live?.text ?? generation.text
  const partial = usePartialJson(live !== null && generation.format === 'json' ? live.text : null)
  if (text === '' && generation.value === null) return null
  if (generation.format === 'text') return <p className={classes.prose}>{text}</p>
  const value = live ? partial : generation.value
  // What could not be read is shown as it came.
  if (value === null) return <pre className={classes.raw}>{text}</pre>
  if (generation.format === 'csv' && Array.isArray(value))
    return <TableView label={t('card.table')} rows={value} shape={shape} />
  return <ValueView value={value} shape={shape} />
}
