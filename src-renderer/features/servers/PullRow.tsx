import { ActionIcon, Button, Progress } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Pull, PullLayer } from '@contract/entities/pull'
import { useCommand } from '@renderer/api/queries'
import { useErrorText } from '@renderer/components/error-text'
import { useFormat } from '@renderer/components/format'
import { notifyError } from '@renderer/components/notify'
import rows from '@renderer/components/Rows.module.css'
import classes from './PullRow.module.css'

const sum = (layers: readonly PullLayer[], field: 'total' | 'completed') =>
  layers.reduce((total, layer) => total + layer[field], 0)

/** A model on its way: how far it is in all and file by file, and what can be done about it. */
export function PullRow({ pull }: { pull: Pull }) {
  const { t } = useTranslation('servers')
  const format = useFormat()
  const errorText = useErrorText()
  const stop = useCommand('jobs.stop', { onError: notifyError })
  const resume = useCommand('jobs.resume', { onError: notifyError })
  const remove = useCommand('jobs.remove', { onError: notifyError })
  const { id, state, error } = pull
  const { model, insecure } = pull.input
  const { layers } = pull.progress
  const total = sum(layers, 'total')
  const completed = sum(layers, 'completed')
  const percent = total === 0 ? 0 : (completed / total) * 100
  const underWay = state === 'waiting' || state === 'running'
  const settled = layers.length > 0 && completed === total
  const words = [
    t(state === 'running' && settled ? 'pull.state.checking' : `pull.state.${state}`),
    total > 0 && t('pull.of', { completed: format.bytes(completed), total: format.bytes(total) }),
    insecure && t('pull.withoutTls'),
  ].filter(Boolean)

  return (
    <li className={classes.pull}>
      <div className={classes.head}>
        <div className={rows.grow}>
          <span className={rows.name}>{model}</span> <span className={rows.soft}>{words.join(' · ')}</span>
        </div>
        {underWay ? (
          <Button
            variant="default"
            size="xs"
            aria-label={t('pull.stopNamed', { name: model })}
            onClick={() => stop.mutate({ id })}
          >
            {t('pull.stop')}
          </Button>
        ) : (
          <Button
            variant="default"
            size="xs"
            aria-label={t('pull.resumeNamed', { name: model })}
            onClick={() => resume.mutate({ id })}
          >
            {t('pull.resume')}
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t('pull.removeNamed', { name: model })}
          onClick={() => remove.mutate({ id })}
        >
          <IconX size={16} stroke={1.5} aria-hidden />
        </ActionIcon>
      </div>
      <Progress
        value={percent}
        size="sm"
        color={state === 'running' ? 'rubric' : 'gray'}
        aria-label={t('pull.progressOf', { name: model })}
      />
      {layers.length > 1 && (
        <ul className={classes.layers}>
          {layers.map((layer, at) => (
            <li key={layer.digest} data-done={layer.completed === layer.total || undefined}>
              {t('pull.layer', { place: at + 1, of: layers.length })}
              <span>
                {layer.completed === layer.total
                  ? format.bytes(layer.total)
                  : t('pull.of', { completed: format.bytes(layer.completed), total: format.bytes(layer.total) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {error && (
        <p className={rows.trouble}>
          {errorText(error).what} {errorText(error).why}
          <br />
          {errorText(error).next}
        </p>
      )}
    </li>
  )
}
