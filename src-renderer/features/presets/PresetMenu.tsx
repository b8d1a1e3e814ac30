import { Button, Menu } from '@mantine/core'
import { IconStar } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { PresetId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { useCommand, useRoute } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useDelete } from '@renderer/components/use-delete'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { CompareDialog } from './CompareDialog'
import { presetSaves } from './use-preset-draft'

interface Props {
  id: PresetId
  name: string
  isDefault: boolean
}

/** What can be done with a preset as a whole. */
export function PresetMenu({ id, name, isDefault }: Props) {
  const { t } = useTranslation('presets')
  const [, go] = useLocation()
  const client = useQueryClient()
  const [comparing, setComparing] = useState(false)
  const alone = (useRoute('presets.list', {}).data?.length ?? 0) < 2
  const listChanged = () => void client.invalidateQueries({ queryKey: ['presets.list'] })
  const duplicate = useCommand('presets.duplicate', {
    onSuccess: (preset) => {
      listChanged()
      go(`/presets/${preset.id}`)
    },
    onError: notifyError,
  })
  const makeDefault = useCommand('presets.setDefault', {
    onSuccess: () => notifyDone(t('menu.madeDefault', { name })),
    onError: notifyError,
  })
  const deletion = useDelete({
    title: t('menu.deleteTitle', { name }),
    text: t('menu.deleteText'),
    remove: () => request('presets.delete', { id }),
    done: t('menu.deleted', { name }),
    onDone: () => {
      presetSaves(client, id).drop()
      listChanged()
      go('/presets')
    },
  })
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  return (
    <>
      {!alone && (
        <Button variant="default" size="xs" onClick={() => setComparing(true)}>
          {t('menu.compare')}
        </Button>
      )}
      <MoreMenu
        label={t('menu.label', { name })}
        duplicate={() => duplicate.mutate({ id })}
        exportToFile={() => exportFrom({ what: 'presets', ids: [id] })}
        deletion={deletion}
      >
        <Menu.Item
          leftSection={<IconStar size={16} stroke={1.6} />}
          disabled={isDefault}
          onClick={() => makeDefault.mutate({ id })}
        >
          {t(isDefault ? 'menu.isDefault' : 'menu.makeDefault')}
        </Menu.Item>
      </MoreMenu>
      <CompareDialog id={id} name={name} opened={comparing} onClose={() => setComparing(false)} />
    </>
  )
}
