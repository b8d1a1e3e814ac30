import { Button } from '@mantine/core'
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { errorText } from '@renderer/components/error-text'
import { VaultUnlockDialog } from '@renderer/domain/vault/VaultUnlockDialog'
import { useConnection } from '@renderer/stores/ui-connection'
import { Banner } from './Banner'
import { SimulationBanner } from './SimulationBanner'
import { StorageBanner } from './StorageBanner'
import { UpdateBanner } from './UpdateBanner'

/** What the user should know wherever they are: the app is gone, nothing can be saved, keys are locked, a failure is simulated, a newer version is there. */
export function Banners() {
  const connected = useConnection((state) => state.connected)
  if (!connected) return <Disconnected />
  return (
    <>
      <StorageBanner />
      <VaultBanner />
      <SimulationBanner />
      <UpdateBanner />
    </>
  )
}

function Disconnected() {
  const { t } = useTranslation('frame')
  return <Banner urgent={false} icon={<IconPlugConnectedX size={18} stroke={1.5} />} text={t('banner.disconnected')} />
}

function VaultBanner() {
  const { t, i18n } = useTranslation('vault')
  const vault = useRoute('vault.status', {})
  const status = useRoute('app.status', {})
  const [opened, setOpened] = useState(false)
  // Where nothing can be saved, the vault is locked for that reason, which is said above.
  if (vault.data?.state !== 'locked' || status.data?.storageProblem) return null
  const { reason, kind } = vault.data
  const text =
    kind !== 'passphrase' && reason !== null
      ? errorText({ code: reason, message: '', details: {}, retryable: false }, i18n)
      : null
  return (
    <Banner
      urgent={false}
      icon={<IconLock size={18} stroke={1.5} />}
      text={text ? `${text.what} ${text.next}` : t('banner.passphrase')}
    >
      <Button variant="default" size="compact-sm" onClick={() => setOpened(true)}>
        {t('unlock.action')}
      </Button>
      <VaultUnlockDialog opened={opened} onClose={() => setOpened(false)} />
    </Banner>
  )
}
