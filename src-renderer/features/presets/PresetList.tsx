import { Menu } from '@mantine/core'
import { IconFileExport, IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PresetSummary } from '@contract/entities/preset'
import { AddButton } from '@renderer/components/AddButton'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { SideList } from '@renderer/components/SideList'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { useImport } from '@renderer/domain/files/use-import'
import { useNewPreset } from './use-new-preset'

interface Props {
  presets: readonly PresetSummary[]
  openId: string | undefined
}

/** All presets, with what is said of each in a few words. */
export function PresetList({ presets, openId }: Props) {
  const { t } = useTranslation('presets')
  return (
    <SideList
      label={t('title')}
      actions={<ListActions />}
      searchLabel={t('list.search')}
      nothing={t('list.nothing')}
      openId={openId}
      items={presets.map(({ id, name, isDefault, stories, unreadable }) => ({
        id,
        name,
        href: `/presets/${id}`,
        facts: [isDefault && t('list.default'), t('list.stories', { count: stories })],
        unreadable,
      }))}
    />
  )
}

function ListActions() {
  const { t } = useTranslation('presets')
  const create = useNewPreset()
  const importFile = useImport()
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  return (
    <>
      <AddButton label={t('new')} loading={create.running} onClick={create.run} />
      <MoreMenu label={t('list.actions')}>
        <Menu.Item leftSection={<IconFileImport size={16} stroke={1.6} />} onClick={importFile}>
          {t('import')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileExport size={16} stroke={1.6} />}
          onClick={() => exportFrom({ what: 'configuration' })}
        >
          {t('export')}
        </Menu.Item>
      </MoreMenu>
    </>
  )
}
