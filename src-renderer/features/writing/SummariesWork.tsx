import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StorySummaries } from '@contract/entities/summary'
import type { StoryId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { notifyError } from '@renderer/components/notify'
import classes from './SummariesPanel.module.css'

/** When summaries come, how far the work on them is, and the way to ask for them now. */
export function SummariesWork({ storyId, data }: { storyId: StoryId; data: StorySummaries }) {
  const { t } = useTranslation('writing')
  const format = useFormat()
  const make = useCommand('summaries.make', { onError: notifyError })
  const stop = useCommand('jobs.stop', { onError: notifyError })
  const { summaries, left, job, byItself, passages, error } = data
  const stale = summaries.filter((one) => one.stale && !one.edited).length
  const write = () => make.mutate({ storyId })
  return (
    <section className={classes.work} aria-label={t('summaries.work')}>
      <p className={classes.help}>
        {summaries.length === 0 && `${t('summaries.empty')} `}
        {byItself ? t('summaries.byItself', { count: passages }) : t('summaries.onDemand')}{' '}
        <Link className={classes.link} href={`/stories/${storyId}/settings/summarizer`}>
          {t('summaries.settings')}
        </Link>
      </p>
      {error && !job && <ErrorNotice error={error} onRetry={write} />}
      {job ? (
        <div className={classes.progress}>
          <span className={classes.dot} aria-hidden />
          <output className={classes.state}>
            {job.due > 0
              ? t('summaries.writing', { done: format.number(job.done), due: format.number(job.due) })
              : t('summaries.joining')}
          </output>
          <Button
            variant="default"
            size="compact-sm"
            loading={stop.isPending}
            onClick={() => stop.mutate({ id: job.id })}
          >
            {t('composer.stop')}
          </Button>
        </div>
      ) : (
        !error &&
        (left > 0 || stale > 0) && (
          <Button variant="default" size="xs" loading={make.isPending} onClick={write}>
            {left > 0
              ? t('summaries.make', { count: left, shown: format.number(left) })
              : t('summaries.update', { count: stale, shown: format.number(stale) })}
          </Button>
        )
      )}
    </section>
  )
}
