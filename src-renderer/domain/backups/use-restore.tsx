import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '@contract/entities/backup'
import { useCommand } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { notifyError } from '@renderer/components/notify'
import { useConfirm } from '@renderer/components/use-confirm'

/** Asks whether to go back to a backup, and does. Put `dialog` into the page; `running` is the backup on its way. */
export function useRestore(): { ask: (backup: Backup) => void; running: string | null; dialog: ReactNode } {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { confirm, dialog } = useConfirm()
  const { mutate, isPending, variables } = useCommand('backups.restore', {
    onSuccess: (left) => {
      if (left) notifyError(left)
    },
    onError: notifyError,
  })
  const ask = async ({ id, at }: Backup) => {
    const sure = await confirm({
      title: t('backups.restoreTitle', { when: format.moment(at) }),
      text: t('backups.restoreText'),
      action: t('backups.restore'),
    })
    if (sure) mutate({ id })
  }
  return { ask: (backup) => void ask(backup), running: isPending ? variables.id : null, dialog }
}
