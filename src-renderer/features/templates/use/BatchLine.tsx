import { Button, Menu, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BatchForm, type Batch } from '@contract/entities/batch'
import { TemplateError } from '@contract/errors'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { downloadParts } from '@renderer/components/text-files'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { doneOf, failedOf } from './use-batches'
import classes from './Batches.module.css'

const fileTypes = { json: 'application/json', jsonl: 'application/jsonl', csv: 'text/csv' } as const

/** A batch in a line: what it is, how far it is, and what can be done with it. */
export function BatchLine({ batch, onOpen }: { batch: Batch; onOpen: () => void }) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const { id, templateName, rows, fileName, state, progress, error } = batch
  const name = fileName
    ? t('batch.ofFile', { name: templateName, count: rows, rows: format.number(rows), file: fileName })
    : t('batch.repeated', { name: templateName, count: rows, rows: format.number(rows) })
  const done = doneOf(progress)
  const failed = failedOf(progress)
  const facts = [
    state === 'paused' && t('batch.paused'),
    t('batch.done', { done: format.number(done), rows: format.number(rows) }),
    state === 'running' && progress.leftMs !== null && t('batch.left', { time: format.duration(progress.leftMs) }),
    progress.cost !== null && progress.cost > 0 && format.cost(progress.cost),
  ].filter((fact) => typeof fact === 'string')

  const pause = useCommand('batches.pause', { onError: notifyError })
  const resume = useCommand('batches.resume', { onError: notifyError })
  const retry = useCommand('batches.retry', { onError: notifyError })
  const remove = useCommand('batches.delete', {
    onError: notifyError,
    onSuccess: () =>
      notifyUndo({ text: t('batch.deleted', { name }), undo: () => request('batches.restore', { ids: [id] }) }),
  })
  const save = (form: BatchForm) =>
    downloadParts<number>((after) => request('batches.export', { id, form, after }), fileTypes[form]).catch(notifyError)
  return (
    <li className={classes.line} aria-label={name}>
      <div className={classes.head}>
        <span className={classes.name}>{name}</span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </div>
      <Progress
        size={5}
        color="var(--fab-ink)"
        value={rows === 0 ? 100 : (done / rows) * 100}
        aria-label={t('batch.progress', { name })}
      />
      {error && state === 'paused' && <ErrorNotice error={error} />}
      <UnreadableNote parts={batch.unreadable} />
      <div className={classes.actions}>
        {failed > 0 && (
          <span className={classes.failed}>{t('batch.failed', { count: failed, rows: format.number(failed) })}</span>
        )}
        {progress.skipped > 0 && (
          <span className={classes.facts}>
            {t('batch.skipped', { count: progress.skipped, rows: format.number(progress.skipped) })}
          </span>
        )}
        <span className={classes.grow} />
        {failed > 0 && (
          <Button variant="default" size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate({ id })}>
            {t('batch.retry', { count: failed, rows: format.number(failed) })}
          </Button>
        )}
        {state === 'running' && (
          <Button variant="default" size="compact-sm" loading={pause.isPending} onClick={() => pause.mutate({ id })}>
            {t('batch.pause')}
          </Button>
        )}
        {state === 'paused' && (
          <Button variant="default" size="compact-sm" loading={resume.isPending} onClick={() => resume.mutate({ id })}>
            {t(error?.code === TemplateError.NoneFits ? 'batch.goOn' : 'batch.resume')}
          </Button>
        )}
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onOpen}>
          {t('batch.open')}
        </Button>
        <MoreMenu label={t('batch.menu', { name })} deletion={{ ask: () => remove.mutate({ ids: [id] }) }}>
          {BatchForm.options.map((form) => (
            <Menu.Item key={form} onClick={() => void save(form)}>
              {t('batch.export', { form: form.toUpperCase() })}
            </Menu.Item>
          ))}
        </MoreMenu>
      </div>
    </li>
  )
}
