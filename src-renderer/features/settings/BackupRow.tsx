import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '@contract/entities/backup'
import { request } from '@renderer/api/bridge'
import { useFormat } from '@renderer/components/format'
import rows from '@renderer/components/Rows.module.css'
import { useDelete } from '@renderer/components/use-delete'

export interface BackupRowProps {
  backup: Backup
  /** It is on its way into place. */
  busy: boolean
  /** One of them is. */
  disabled: boolean
  onRestore: () => void
}

/** One backup: when and why it was made, its size, and what stands in the way of restoring it. */
export function BackupRow({ backup, busy, disabled, onRestore }: BackupRowProps) {
  const { t } = useTranslation(['settings', 'common'])
  const format = useFormat()
  const { id, at, reason, bytes, version, state } = backup
  const when = format.moment(at)
  const deletion = useDelete({
    title: t('backups.deleteTitle'),
    text: t('backups.deleteText', { when }),
    remove: () => request('backups.delete', { id }),
    done: t('backups.deleted'),
  })
  const facts = [
    t(`backups.reason.${reason}`),
    format.bytes(bytes),
    ...(version === null ? [] : [t('backups.version', { version })]),
  ]
  return (
    <li className={rows.row}>
      <div className={rows.grow}>
        <time className={rows.name} dateTime={at}>
          {when}
        </time>
        <p className={rows.soft}>{facts.join(' · ')}</p>
        {state !== 'ready' && <p className={rows.trouble}>{t(`backups.state.${state}`)}</p>}
      </div>
      {state === 'ready' && (
        <Button
          variant="default"
          size="xs"
          loading={busy}
          disabled={disabled}
          aria-label={t('backups.restoreNamed', { when })}
          onClick={onRestore}
        >
          {t('backups.restore')}
        </Button>
      )}
      <Tooltip label={t('common:delete')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('backups.deleteNamed', { when })}
          disabled={disabled || deletion.running}
          onClick={deletion.ask}
        >
          <IconTrash size={18} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {deletion.dialog}
    </li>
  )
}
