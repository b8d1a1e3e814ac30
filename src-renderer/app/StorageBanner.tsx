import { Button } from '@mantine/core'
import { IconAlertTriangle, IconDatabaseOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { StorageError, type ErrorShape } from '@contract/errors'
import { useCommand, useRoute } from '@renderer/api/queries'
import { CopyText } from '@renderer/components/CopyText'
import { errorDetails, useErrorText } from '@renderer/components/error-text'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { RestoreOffer } from '@renderer/domain/backups/RestoreOffer'
import { Banner } from './Banner'

/** Says that nothing can be saved, with a way to try again or to restore a backup; that the file with the stories is damaged; or that no backup could be made. */
export function StorageBanner() {
  const status = useRoute('app.status', {})
  if (status.data?.storageProblem) return <Problem problem={status.data.storageProblem} />
  if (status.data?.storageDamage)
    return (
      <Trouble trouble={status.data.storageDamage}>
        <RestoreOffer />
      </Trouble>
    )
  return status.data?.backupProblem ? <NoBackup problem={status.data.backupProblem} /> : null
}

/** What a backup helps against. */
const restorable = new Set<string>([
  StorageError.DatabaseDamaged,
  StorageError.DatabaseNewer,
  StorageError.DatabaseMissing,
])

function Problem({ problem }: { problem: ErrorShape }) {
  const { t } = useTranslation(['frame', 'common'])
  const reopen = useCommand('storage.reopen', {
    onSuccess: (left) => {
      if (left) notifyError(left)
      else notifyDone(t('storage.opened'))
    },
    onError: notifyError,
  })
  return (
    <Trouble trouble={problem}>
      {restorable.has(problem.code) && <RestoreOffer />}
      <Button variant="default" size="compact-sm" loading={reopen.isPending} onClick={() => reopen.mutate({})}>
        {t('common:tryAgain')}
      </Button>
      {problem.code === StorageError.DatabaseMissing && (
        <Button
          variant="default"
          size="compact-sm"
          disabled={reopen.isPending}
          onClick={() => reopen.mutate({ empty: true })}
        >
          {t('storage.startEmpty')}
        </Button>
      )}
    </Trouble>
  )
}

function Trouble({ trouble, children }: { trouble: ErrorShape; children?: ReactNode }) {
  const { t } = useTranslation('common')
  const { what, why, next } = useErrorText()(trouble)
  return (
    <Banner
      urgent
      icon={<IconAlertTriangle size={18} stroke={1.5} />}
      text={
        <>
          <strong>{what}</strong> {why} {next}
        </>
      }
    >
      {children}
      <CopyText text={errorDetails(trouble)} label={t('copyDetails')} />
    </Banner>
  )
}

function NoBackup({ problem }: { problem: ErrorShape }) {
  const { t } = useTranslation('frame')
  const { what, next } = useErrorText()(problem)
  return (
    <Banner
      urgent={false}
      icon={<IconDatabaseOff size={18} stroke={1.5} />}
      text={
        <>
          {t('storage.noBackup')} {what} {next}
        </>
      }
    />
  )
}
