import { Menu } from '@mantine/core'
import { IconCopy, IconFileExport, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ModelConfigId } from '@contract/ids'
import { useCommand } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { downloadText } from '@renderer/components/text-files'
import { useConfirm } from '@renderer/components/use-confirm'
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
  const { confirm, dialog } = useConfirm()
  const duplicate = useCommand('modelConfigs.duplicate', {
    onSuccess: async (copy) => {
      await client.invalidateQueries({ queryKey: ['modelConfigs.list'] })
      go(`/models/${copy.id}`)
    },
    onError: notifyError,
  })
  const remove = useCommand('modelConfigs.delete', {
    onSuccess: () => {
      configSaves(client, id).drop()
      notifyDone(t('menu.deleted', { name }))
      go('/models')
    },
    onError: notifyError,
  })
  const exportFile = useCommand('files.export', {
    onSuccess: ({ fileName, text }) => downloadText(fileName, text),
    onError: notifyError,
  })
  const askToDelete = async () => {
    const sure = await confirm({
      title: t('menu.deleteTitle', { name }),
      text: t('menu.deleteText'),
      action: t('menu.delete'),
    })
    if (sure) remove.mutate({ id })
  }
  return (
    <>
      <MoreMenu label={t('menu.label', { name })}>
        <Menu.Item leftSection={<IconCopy size={16} stroke={1.6} />} onClick={() => duplicate.mutate({ id })}>
          {t('menu.duplicate')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileExport size={16} stroke={1.6} />}
          onClick={() => exportFile.mutate({ what: 'modelConfigs', ids: [id] })}
        >
          {t('menu.export')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} stroke={1.6} />} onClick={() => void askToDelete()}>
          {t('menu.delete')}
        </Menu.Item>
      </MoreMenu>
      {dialog}
    </>
  )
}
