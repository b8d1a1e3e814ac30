import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { useCommand, useRoute } from '@renderer/api/queries'
import { useFormat } from '@renderer/components/format'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { Section } from '@renderer/components/Section'

/** How many models the provider lists, when it was asked, and asking again. */
export function ModelsSection({ provider }: { provider: Provider }) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const models = useRoute('models.list', {})
  const refresh = useCommand('models.refresh', {
    onSuccess: ({ added, changed, vanished }) =>
      notifyDone(
        added + changed + vanished === 0
          ? t('models.same')
          : [
              added > 0 && t('models.added', { count: added }),
              changed > 0 && t('models.changed', { count: changed }),
              vanished > 0 && t('models.vanished', { count: vanished }),
            ]
              .filter(Boolean)
              .join(', ')
      ),
    onError: notifyError,
  })
  const own = models.data?.filter(({ providerId, available }) => providerId === provider.id && available) ?? []
  const asked = own.reduce((latest, { lastSeen }) => (lastSeen > latest ? lastSeen : latest), '')
  return (
    <Section
      title={t('models.title')}
      actions={
        <Button
          variant="default"
          size="xs"
          loading={refresh.isPending}
          onClick={() => refresh.mutate({ providerId: provider.id })}
        >
          {t('models.refresh')}
        </Button>
      }
    >
      {models.isSuccess && (
        <Text c="dimmed">
          {own.length === 0
            ? t('models.none')
            : t('models.known', { count: own.length, shown: format.number(own.length), ago: format.ago(asked) })}
        </Text>
      )}
    </Section>
  )
}
