import { Menu } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { WorldId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { useExportFiles } from '@renderer/domain/files/use-export-files'
import { worldSaves } from './use-world-draft'

/** What can be done with a world as a whole. */
export function WorldMenu({ worldId, name }: { worldId: WorldId; name: string }) {
  const { t } = useTranslation('worlds')
  const [, go] = useLocation()
  const client = useQueryClient()
  const { exportLore } = useExportFiles()
  const duplicate = useCommand('worlds.duplicate', {
    onSuccess: async (copy) => {
      await client.invalidateQueries({ queryKey: ['worlds.list'] })
      go(`/worlds/${copy.id}`)
    },
    onError: notifyError,
  })
  const remove = useCommand('worlds.delete', {
    onSuccess: () => {
      worldSaves(client, worldId).drop()
      go('/worlds')
      notifyUndo({
        text: t('menu.deleted', { name }),
        undo: async () => {
          await request('bin.restore', { kind: 'world', id: worldId })
          go(`/worlds/${worldId}`)
        },
      })
    },
    onError: notifyError,
  })
  return (
    <MoreMenu
      label={t('menu.label', { name })}
      duplicate={() => duplicate.mutate({ worldId })}
      deletion={{ ask: () => remove.mutate({ worldId }) }}
    >
      <Menu.Item leftSection={<IconFileExport size={16} stroke={1.6} />} onClick={() => exportLore(worldId)}>
        {t('menu.exportLore')}
      </Menu.Item>
    </MoreMenu>
  )
}
