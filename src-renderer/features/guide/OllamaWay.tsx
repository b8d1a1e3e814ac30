import { Button, Group, Loader, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ModelChoice } from './ModelChoice'
import { sensibleModel } from './sensible-model'
import type { LocalModels } from './use-local-models'
import type { WayContentProps } from './way-props'

export interface OllamaWayProps extends Omit<WayContentProps, 'providers'> {
  local: LocalModels
}

/** Models on this computer: one is chosen, or it is said what is missing. */
export function OllamaWay({ local, onBegin, beginning }: OllamaWayProps) {
  const { t } = useTranslation('guide')
  const { provider, models, serverUp, looking, look } = local
  if (!provider) return null
  if (models.length > 0) {
    return (
      <ModelChoice
        models={models}
        suggested={sensibleModel(models)}
        beginning={beginning}
        onBegin={(model) => onBegin({ providerId: provider.id, model })}
      />
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
      <Text>{t(serverUp ? 'ollama.noModels' : 'ollama.notFound')}</Text>
      <Group>
        <Button variant="default" onClick={look}>
          {t('ollama.lookAgain')}
        </Button>
      </Group>
    </>
  )
}
