import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupList } from '@contract/entities/backup'
import { useCommand, useRoute } from '@renderer/api/queries'
import { CopyText } from '@renderer/components/CopyText'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyDone, notifyError } from '@renderer/components/notify'
import rows from '@renderer/components/Rows.module.css'
import { Section } from '@renderer/components/Section'
import { useRestore } from '@renderer/domain/backups/use-restore'
import { BackupRow } from './BackupRow'
import { SettingRow } from './SettingRow'
import classes from './SettingsScreen.module.css'

/** So many rows are shown until all are asked for. */
const FIRST = 5

/** Copies of the stories: what there is, a new one, and the way back to one. */
export function BackupsSection() {
  const { t } = useTranslation('settings')
  const list = useRoute('backups.list', {})
  const status = useRoute('app.status', {})
  const make = useCommand('backups.make', { onSuccess: () => notifyDone(t('backups.made')), onError: notifyError })
  return (
    <Section
      title={t('backups.title')}
      text={t('backups.text')}
      actions={
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate({})}>
          {t('backups.now')}
        </Button>
      }
    >
      {list.isPending && <LoadingRows rows={2} />}
      {list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />}
      {status.data?.backupProblem && <ErrorNotice error={status.data.backupProblem} />}
      {list.data && <List list={list.data} />}
    </Section>
  )
}

function List({ list: { backups, folder } }: { list: BackupList }) {
  const { t } = useTranslation('settings')
  const [all, setAll] = useState(false)
  const { ask, running, dialog } = useRestore()
  if (backups.length === 0) return <p className={classes.help}>{t('backups.none')}</p>
  const shown = all ? backups : backups.slice(0, FIRST)
  return (
    <>
      <ul className={rows.rows} aria-label={t('backups.title')}>
        {shown.map((backup) => (
          <BackupRow
            key={backup.id}
            backup={backup}
            busy={running === backup.id}
            disabled={running !== null}
            onRestore={() => ask(backup)}
          />
        ))}
      </ul>
      {backups.length > shown.length && (
        <Button variant="subtle" color="gray" size="compact-sm" mt={6} onClick={() => setAll(true)}>
          {t('backups.all', { count: backups.length })}
        </Button>
      )}
      <SettingRow label={t('backups.folder')}>
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <span className={classes.path}>{folder}</span>
          <CopyText text={folder} />
        </Group>
      </SettingRow>
      {dialog}
    </>
  )
}
