import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ModelConfigId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError } from '@renderer/components/notify'
import { downloadText } from '@renderer/components/text-files'
import { useDelete } from '@renderer/components/use-delete'
import { configSaves } from './use-config-draft'

interface Props {
  id: ModelConfigId
  name: string
}

/** What can be done with a model config as a whole. */
export function ConfigMenu({ id, name }: Props) {
  const { t } = useTranslation('models')
  const [, go] = useLocation()
  const client = useQueryClient()
  const duplicate = useCommand('modelConfigs.duplicate', {
    onSuccess: async (copy) => {
      await client.invalidateQueries({ queryKey: ['modelConfigs.list'] })
      go(`/models/${copy.id}`)
    },
    onError: notifyError,
  })
  const deletion = useDelete({
    title: t('menu.deleteTitle', { name }),
    text: t('menu.deleteText'),
    remove: () => request('modelConfigs.delete', { id }),
    done: t('menu.deleted', { name }),
    onDone: () => {
      configSaves(client, id).drop()
      go('/models')
    },
  })
  const exportFile = useCommand('files.export', {
    onSuccess: ({ fileName, text }) => downloadText(fileName, text),
    onError: notifyError,
  })
  return (
    <MoreMenu
      label={t('menu.label', { name })}
      duplicate={() => duplicate.mutate({ id })}
      exportToFile={() => exportFile.mutate({ what: 'modelConfigs', ids: [id] })}
      deletion={deletion}
    />
  )
}
