import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconFileImport } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Redirect } from 'wouter'
import { PresetId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EmptyState } from '@renderer/components/EmptyState'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PageHeader } from '@renderer/components/PageHeader'
import { TwoColumns } from '@renderer/components/TwoColumns'
import { PresetEditor } from './PresetEditor'
import { PresetList } from './PresetList'
import { useImport } from './use-import'
import { useNewPreset } from './use-new-preset'

export interface PresetsScreenProps {
  /** From the address; the default preset is opened without one. */
  presetId?: string | undefined
  /** The open part, by the address: a role's id, or `fallback`. Without one, the part that was looked at last. */
  tab?: string | undefined
}

/** All presets at the left, one of them at the right. */
export function PresetsScreen({ presetId, tab }: PresetsScreenProps) {
  const presets = useRoute('presets.list', {})
  const parsed = PresetId.safeParse(presetId)
  const open = presets.data?.find(({ id }) => id === presetId)
  const first = presets.data?.find(({ isDefault }) => isDefault) ?? presets.data?.[0]

  if (presets.error) {
    return (
      <Bare>
        <ErrorNotice error={presets.error} onRetry={() => void presets.refetch()} />
      </Bare>
    )
  }
  if (!presets.data) {
    return (
      <Bare>
        <LoadingRows />
      </Bare>
    )
  }
  if (!first) return <NoPresets />
  // A preset that was just made may be opened before the list knows of it.
  if (!open && (presetId === undefined || !presets.isFetching)) return <Redirect to={`/presets/${first.id}`} replace />
  return (
    <TwoColumns list={<PresetList presets={presets.data} openId={presetId} />}>
      {parsed.success && <PresetEditor key={parsed.data} id={parsed.data} tab={tab} />}
    </TwoColumns>
  )
}

/** The screen while there is no list to show. */
function Bare({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('presets')
  return (
    <>
      <PageHeader title={t('title')}>{actions}</PageHeader>
      {children}
    </>
  )
}

function NoPresets() {
  const { t } = useTranslation('presets')
  const create = useNewPreset()
  const importFile = useImport()
  return (
    <Bare
      actions={
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFileImport size={17} stroke={1.6} />}
          onClick={importFile}
        >
          {t('import')}
        </Button>
      }
    >
      <EmptyState
        icon={<IconAdjustmentsHorizontal size={28} stroke={1.4} />}
        text={t('empty')}
        action={
          <Button loading={create.running} onClick={create.run}>
            {t('new')}
          </Button>
        }
      />
    </Bare>
  )
}
