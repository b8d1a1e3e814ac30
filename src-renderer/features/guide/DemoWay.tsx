import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyError } from '@renderer/components/notify'
import type { WayContentProps } from './way-props'

/** The offline Demo: nothing to set up. */
export function DemoWay({ providers, onBegin, beginning }: WayContentProps) {
  const { t } = useTranslation('guide')
  const models = useRoute('models.list', {})
  const provider = providers.find(({ hasOwnModels, kinds }) => hasOwnModels && kinds.includes('chat'))
  if (!provider) return null

  const begin = async () => {
    const chat = ({ providerId, kind }: { providerId: string; kind: string }) =>
      providerId === provider.id && kind === 'chat'
    let model = models.data?.find(chat)
    if (!model) {
      await request('models.refresh', { providerId: provider.id })
      model = (await request('models.list', {})).find(chat)
    }
    if (model) onBegin({ providerId: provider.id, model: model.model })
  }
  return (
    <Group>
      <Button loading={beginning} onClick={() => void begin().catch(notifyError)}>
        {t('begin')}
      </Button>
    </Group>
  )
}
