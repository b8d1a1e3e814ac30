import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { request } from '@renderer/api/bridge'
import { notifyError } from '@renderer/components/notify'
import type { WayContentProps } from './way-props'

/** The offline Demo: nothing to set up. */
export function DemoWay({ providers, onBegin, beginning }: WayContentProps) {
  const { t } = useTranslation('guide')
  const provider = providers.find(({ hasOwnModels, kinds }) => hasOwnModels && kinds.includes('chat'))
  if (!provider) return null

  const begin = async () => {
    const { id: providerId } = provider
    const chat = async () => (await request('models.list', { providerId })).find(({ kind }) => kind === 'chat')
    let model = await chat()
    if (!model) {
      await request('models.refresh', { providerId })
      model = await chat()
    }
    if (model) onBegin({ providerId, model: model.model })
  }
  return (
    <Group>
      <Button loading={beginning} onClick={() => void begin().catch(notifyError)}>
        {t('begin')}
      </Button>
    </Group>
  )
}
