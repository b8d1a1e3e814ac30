import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import { useOrdinal } from './use-ordinal'
import type { LiveAnswer } from './use-live-generation'
import classes from './GenerationCard.module.css'

/** How a generation stands, in a few words at the right of its name. */
export function GenerationState({
  generation: { state, format, schema, tries },
  live,
}: {
  generation: Pick<Generation, 'state' | 'format' | 'schema' | 'tries'>
  live: LiveAnswer | null
}) {
  const { t } = useTranslation('generations')
  const ordinal = useOrdinal()
  const words = () => {
    switch (state) {
      case 'running': {
        const at = live?.try ?? Math.max(0, tries.length - 1)
        if (live?.text === '' && live.reasoning !== '') return t('state.thinking')
        return at > 0 ? t('state.runningTry', { nth: ordinal(at) }) : t('state.running')
      }
      case 'complete':
        if (format === 'text' || schema === null) return ''
        return tries.length > 1 ? t('state.fitsTry', { nth: ordinal(tries.length - 1) }) : t('state.fits')
      case 'invalid':
        return t('state.invalid')
      case 'stopped':
        return t('state.stopped')
      case 'failed':
        return t('state.failed')
    }
  }
  return (
    <span className={classes.state} data-state={state} role="status">
      {state === 'running' && <Loader size={13} color="var(--fab-ink)" aria-hidden />}
      {words()}
    </span>
  )
}
