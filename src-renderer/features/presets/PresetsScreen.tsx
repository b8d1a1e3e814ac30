import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PresetId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ListScreen } from '@renderer/components/ListScreen'
import { PresetEditor } from './PresetEditor'
import { PresetList } from './PresetList'
import { useImport } from '@renderer/domain/files/use-import'
import { useNewPreset } from './use-new-preset'

export interface PresetsScreenProps {
  /** From the address; the default preset is opened without one. */
  presetId?: string | undefined
  /** The open part, by the address: a role's id, or `fallback`. Without one, the part that was looked at last. */
  tab?: string | undefined
}

/** All presets at the left, one of them at the right. */
export function PresetsScreen({ presetId, tab }: PresetsScreenProps) {
  const { t } = useTranslation('presets')
  const presets = useRoute('presets.list', {})
  const create = useNewPreset()
  const importFile = useImport()
  return (
    <ListScreen
      title={t('title')}
      query={presets}
      openId={PresetId.safeParse(presetId).data}
      first={(items) => items.find(({ isDefault }) => isDefault)}
      hrefOf={(id) => `/presets/${id}`}
      emptyActions={
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFileImport size={17} stroke={1.6} />}
          onClick={importFile}
        >
          {t('import')}
        </Button>
      }
      empty={
        <EmptyState
          icon={<IconAdjustmentsHorizontal size={28} stroke={1.4} />}
          text={t('empty')}
          action={
            <Button loading={create.running} onClick={create.run}>
              {t('new')}
            </Button>
          }
        />
      }
    >
      {({ items, id }) => ({
        list: <PresetList presets={items} openId={id} />,
        page: <PresetEditor key={id} id={PresetId.parse(id)} tab={tab} />,
      })}
    </ListScreen>
  )
}
