import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '@contract/entities/vault'
import { useCommand, useRoute } from '@renderer/api/queries'
import { errorText } from '@renderer/components/error-text'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'
import { useConfirm } from '@renderer/components/use-confirm'
import { VaultCreateDialog } from '@renderer/domain/vault/VaultCreateDialog'
import { VaultUnlockDialog } from '@renderer/domain/vault/VaultUnlockDialog'

/** Where keys are kept, whether they are open, and the way out when they cannot be opened any more. */
export function VaultSection() {
  const { t } = useTranslation('settings')
  const vault = useRoute('vault.status', {})
  return (
    <Section title={t('vault.title')} text={t('vault.text')}>
      {vault.isPending && <LoadingRows rows={1} />}
      {vault.error && <ErrorNotice error={vault.error} onRetry={() => void vault.refetch()} />}
      {vault.data && <VaultState status={vault.data} />}
    </Section>
  )
}

function VaultState({ status }: { status: VaultStatus }) {
  const { t, i18n } = useTranslation(['settings', 'vault'])
  const [asking, setAsking] = useState<'create' | 'unlock' | null>(null)
  const { confirm, dialog } = useConfirm()
  const reset = useCommand('vault.reset', { onSuccess: () => notifyDone(t('vault.resetDone')), onError: notifyError })
  const { state, kind, reason } = status
  const why = reason === null ? null : errorText({ code: reason, message: '', details: {}, retryable: false }, i18n)

  const askReset = async () => {
    const sure = await confirm({
      title: t('vault.resetTitle'),
      text: t('vault.resetText'),
      action: t('vault.resetAction'),
    })
    if (sure) reset.mutate({ confirm: true })
  }

  return (
    <>
      <Text>
        {kind !== null && `${t(`vault:kind.${kind}`)} · `}
        {t(`vault.state.${state}`)}
      </Text>
      {why && state !== 'ready' && (
        <Text size="sm" c="dimmed">
          {why.what} {why.next}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        {state === 'empty' && (
          <Button variant="default" onClick={() => setAsking('create')}>
            {t('vault.choose')}
          </Button>
        )}
        {state === 'locked' && (
          <Button variant="default" onClick={() => setAsking('unlock')}>
            {t('vault:unlock.action')}
          </Button>
        )}
        {(state === 'locked' || state === 'ready') && kind !== 'environment' && (
          <Button variant="default" loading={reset.isPending} onClick={() => void askReset()}>
            {t('vault.reset')}
          </Button>
        )}
      </Group>
      {dialog}
      <VaultCreateDialog
        opened={asking === 'create'}
        onCreated={() => setAsking(null)}
        onCancel={() => setAsking(null)}
      />
      <VaultUnlockDialog opened={asking === 'unlock'} onClose={() => setAsking(null)} />
    </>
  )
}
