import { Button } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Update } from '@contract/entities/update'
import { useCommand, useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import { UpdateActions } from '@renderer/domain/updates/UpdateActions'
import { Banner } from './Banner'

const told: Partial<Record<Update['state'], 'bannerFound' | 'bannerReady' | 'bannerWaiting'>> = {
  found: 'bannerFound',
  ready: 'bannerReady',
  waiting: 'bannerWaiting',
}

/** Says that a newer Fabula is there, until the user puts it off. */
export function UpdateBanner() {
  const { t } = useTranslation('settings')
  const { data: update } = useRoute('updates.get', {})
  const { data: status } = useRoute('app.status', {})
  const later = useCommand('updates.later', { onError: notifyError })
  const text = update && told[update.state]
  if (!text || update.version === null || update.later || !status) return null
  return (
    <Banner
      urgent={false}
      icon={<IconSparkles size={18} stroke={1.5} />}
      text={t(`updates.${text}`, { version: update.version, current: status.version })}
    >
      <UpdateActions update={update} size="compact-sm" />
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => later.mutate({})}>
        {t('updates.later')}
      </Button>
    </Banner>
  )
}
