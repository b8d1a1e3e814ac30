import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MediaSummary } from '@contract/entities/media'
import { useCommand } from '@renderer/api/queries'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'
import { notifyError } from '@renderer/components/notify'
import { Poem } from './MediaBody'
import { useMediaProgress } from './use-media-progress'
import classes from './Media.module.css'

/** How far it is, or why it is not there, with what can be done about that; nothing once it is there. */
export function MediaStateLine({ media }: { media: MediaSummary }) {
  if (media.state === 'complete') return null
  return media.state === 'waiting' || media.state === 'running' ? <UnderWay media={media} /> : <NotMade media={media} />
}

function UnderWay({ media: { id, title, jobId } }: { media: MediaSummary }) {
  const { t } = useTranslation('media')
  const format = useFormat()
  const { phase, done, words } = useMediaProgress(jobId)
  const stop = useCommand('media.stop', { onError: notifyError })
  const percent = done === null ? null : Math.floor(done * 100)
  return (
    <>
      <div className={classes.stateLine}>
        <span className={classes.phase}>
          {t(`phase.${phase}`)}
          {percent !== null && ` ${t('percent', { percent: format.number(percent) })}`}
        </span>
        <Progress
          className={classes.progress}
          size={4}
          color={percent === null ? 'var(--fab-line-strong)' : 'var(--fab-ink)'}
          value={percent ?? 100}
          animated={percent === null}
          striped={percent === null}
          aria-label={t('progress', { name: title })}
        />
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('stopNamed', { name: title })}
          loading={stop.isPending}
          onClick={() => stop.mutate({ id })}
        >
          {t('stop')}
        </Button>
      </div>
      {words !== '' && <Poem words={words} />}
    </>
  )
}

function NotMade({ media: { id, title, state, error } }: { media: MediaSummary }) {
  const { t } = useTranslation(['media', 'common'])
  const errorText = useErrorText()
  const retry = useCommand('media.retry', { onError: notifyError })
  const { what, why, next } = error ? errorText(error) : { what: '', why: '', next: '' }
  return (
    <div className={classes.stateLine}>
      <span className={classes.reason} data-state={state}>
        {state === 'stopped' ? t('stopped') : [what, why, next].filter(Boolean).join(' ')}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('retryNamed', { name: title })}
        loading={retry.isPending}
        onClick={() => retry.mutate({ id })}
      >
        {t('common:tryAgain')}
      </Button>
    </div>
  )
}
