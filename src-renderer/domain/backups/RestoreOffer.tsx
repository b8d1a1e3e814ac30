import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Backup } from '@contract/entities/backup'
import { useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { useRestore } from './use-restore'

/** What the user left by restoring another, or could not use, is not what to go back to. */
const isOffered = ({ state, reason }: Backup) => state === 'ready' && reason !== 'restore' && reason !== 'kept'

/** A way back to the newest backup that can be used; the next older one, once that one turns out to be damaged. */
export function RestoreOffer() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { data } = useRoute('backups.list', {})
  const { ask, running, dialog } = useRestore()
  const newest = data?.backups.find(isOffered)
  return (
    <>
      {newest && (
        <Button variant="default" size="compact-sm" loading={running !== null} onClick={() => ask(newest)}>
          {t('backups.offer', { when: format.moment(newest.at) })}
        </Button>
      )}
      {data && !newest && (
        <Text size="sm" c="dimmed">
          {t('backups.nothingToRestore')}
        </Text>
      )}
      {dialog}
    </>
  )
}
