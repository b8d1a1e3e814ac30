import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconFileExport, IconFileImport, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Redirect } from 'wouter'
import { PresetId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { TwoColumns } from '@renderer/components/TwoColumns'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { PresetEditor } from './PresetEditor'
import { PresetList } from './PresetList'
import { PresetSaveState } from './PresetSaveState'
import { useImport } from './use-import'
import { useNewPreset } from './use-new-preset'

export interface PresetsScreenProps {
  /** From the address; the default preset is opened without one. */
  presetId?: string
  /** The open tab, by the address: a role's id, or `fallback`. Without one, the tab that was looked at last. */
  tab?: string
}

/** All presets at the left, one of them at the right. */
export function PresetsScreen({ presetId, tab }: PresetsScreenProps) {
  const { t } = useTranslation('presets')
  const presets = useRoute('presets.list', {})
  const create = useNewPreset()
  const importFile = useImport()
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  const parsed = PresetId.safeParse(presetId)
  const open = presets.data?.find(({ id }) => id === presetId)
  const first = presets.data?.find(({ isDefault }) => isDefault) ?? presets.data?.[0]

  const body = () => {
    if (presets.error) return <ErrorNotice error={presets.error} onRetry={() => void presets.refetch()} />
    if (!presets.data) return <LoadingRows />
    if (!first) {
      return (
        <EmptyState
          icon={<IconAdjustmentsHorizontal size={28} stroke={1.4} />}
          text={t('empty')}
          action={
            <Button loading={create.running} onClick={create.run}>
              {t('new')}
            </Button>
          }
        />
      )
    }
    // A preset that was just made may be opened before the list knows of it.
    if (!open && (presetId === undefined || !presets.isFetching))
      return <Redirect to={`/presets/${first.id}`} replace />
    return (
      <TwoColumns list={<PresetList presets={presets.data} openId={presetId} />}>
        {parsed.success && <PresetEditor key={parsed.data} id={parsed.data} tab={tab} />}
      </TwoColumns>
    )
  }
  return (
    <>
      <PageHeader title={t('title')}>
        {parsed.success && <PresetSaveState id={parsed.data} />}
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFileImport size={17} stroke={1.6} />}
          onClick={importFile}
        >
          {t('import')}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFileExport size={17} stroke={1.6} />}
          onClick={() => exportFrom({ what: 'configuration' })}
        >
          {t('export')}
        </Button>
        {first && (
          <Button leftSection={<IconPlus size={17} stroke={1.6} />} loading={create.running} onClick={create.run}>
            {t('new')}
          </Button>
        )}
      </PageHeader>
      {body()}
    </>
  )
}
