import { Button, Group, Loader, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ModelChoice } from './ModelChoice'
import type { WayContentProps } from './way-props'

/** Models on this computer: looked for at once, and never waited for by anything else. */
export function OllamaWay({ providers, onBegin, beginning }: WayContentProps) {
  const { t } = useTranslation('guide')
  const provider = providers.find(({ protocol }) => protocol === 'ollama')
  const servers = useRoute('servers.list', {})
  const models = useRoute('models.list', {})
  const { mutate: look, isPending: looking, isError: failed } = useCommand('servers.discover')
  useEffect(() => look({}), [look])

  if (!provider) return null
  const chat = models.data?.filter(
    ({ providerId, kind, available }) => providerId === provider.id && kind === 'chat' && available
  )
  const up = servers.data?.some(({ available }) => available) ?? false
  if (chat && chat.length > 0) {
    return (
      <>
        <Text c="dimmed">{t('ollama.found', { count: chat.length })}</Text>
        <ModelChoice
          models={chat}
          beginning={beginning}
          onBegin={(model) => onBegin({ providerId: provider.id, model })}
        />
      </>
    )
  }
  if (looking) {
    return (
      <Group gap="xs">
        <Loader size={14} color="gray" />
        <Text c="dimmed">{t('ollama.looking')}</Text>
      </Group>
    )
  }
  return (
    <>
      <Text>{t(up && !failed ? 'ollama.noModels' : 'ollama.notFound')}</Text>
      <Group>
        <Button variant="default" onClick={() => look({})}>
          {t('ollama.lookAgain')}
        </Button>
      </Group>
    </>
  )
}
