import { Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconFilePlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { WorldEntry } from '@contract/entities/world'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { NewStoryWith } from './NewStoryWith'
import { entrySaves } from './use-entry-draft'

/** What can be done with an entry as a whole. */
export function EntryMenu({ entry, name }: { entry: WorldEntry; name: string }) {
  const { worldId, id, kind } = entry
  const { t } = useTranslation('worlds')
  const [, go] = useLocation()
  const client = useQueryClient()
  const [beginning, setBeginning] = useState(false)
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  const duplicate = useCommand('worlds.duplicateEntry', {
    onSuccess: (copy) => go(`/worlds/${worldId}/${kind}/${copy.id}`),
    onError: notifyError,
  })
  const entries = useRoute('worlds.entries', { worldId, kind })
  const move = useCommand('worlds.moveEntry', { onError: notifyError })
  const others = entries.data ?? []
  const at = others.findIndex((one) => one.id === id)
  /** Before the one that stands so many places further. */
  const moveBy = (places: -1 | 2) => move.mutate({ worldId, id, before: others[at + places]?.id ?? null })
  const remove = useCommand('worlds.deleteEntries', {
    onSuccess: () => {
      entrySaves(client, `${worldId}/${id}`).drop()
      go(`/worlds/${worldId}/${kind}`)
      notifyUndo({
        text: t('menu.deleted', { name }),
        undo: async () => {
          await request('bin.restore', { kind: 'worldEntry', id })
          go(`/worlds/${worldId}/${kind}/${id}`)
        },
      })
    },
    onError: notifyError,
  })
  return (
    <>
      {entry.kind === 'character' && (
        <NewStoryWith character={entry} opened={beginning} onClose={() => setBeginning(false)} />
      )}
      <MoreMenu
        label={t('menu.label', { name })}
        duplicate={() => duplicate.mutate({ worldId, id })}
        exportToFile={kind === 'character' ? () => exportFrom({ what: 'character', worldId, id }) : undefined}
        deletion={{ ask: () => remove.mutate({ worldId, ids: [id] }) }}
      >
        {kind === 'character' && (
          <Menu.Item leftSection={<IconFilePlus size={16} stroke={1.6} />} onClick={() => setBeginning(true)}>
            {t('begin.action', { name })}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconArrowUp size={16} stroke={1.6} />} disabled={at <= 0} onClick={() => moveBy(-1)}>
          {t('menu.moveUp')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={16} stroke={1.6} />}
          disabled={at < 0 || at === others.length - 1}
          onClick={() => moveBy(2)}
        >
          {t('menu.moveDown')}
        </Menu.Item>
      </MoreMenu>
    </>
  )
}
