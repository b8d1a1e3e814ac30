import { Modal, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PresetId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { CompareTable } from './CompareTable'

interface Props {
  id: PresetId
  name: string
  opened: boolean
  onClose: () => void
}

/** Two presets side by side: only what differs. */
export function CompareDialog({ id, name, opened, onClose }: Props) {
  const { t } = useTranslation('presets')
  const common = useTranslation('common').t
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={820}
      title={t('compare.title', { name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Comparison id={id} name={name} />
    </Modal>
  )
}

function Comparison({ id, name }: Pick<Props, 'id' | 'name'>) {
  const { t } = useTranslation('presets')
  const presets = useRoute('presets.list', {}).data ?? []
  const others = presets.filter((preset) => preset.id !== id)
  const [chosen, setChosen] = useState<PresetId | null>(others.length === 1 ? (others[0]?.id ?? null) : null)
  const other = others.find((preset) => preset.id === chosen)
  const differences = useRoute('presets.compare', { a: id, b: chosen ?? id }, { enabled: chosen !== null })
  return (
    <Stack>
      <Select
        label={t('compare.with')}
        placeholder={t('compare.choose')}
        searchable={others.length > 12}
        limit={100}
        nothingFoundMessage={t('list.nothing')}
        value={chosen}
        data={others.map((preset) => ({ value: preset.id, label: preset.name }))}
        onChange={(value) => setChosen(PresetId.safeParse(value).data ?? null)}
        data-autofocus
      />
      {chosen !== null && differences.error && (
        <ErrorNotice error={differences.error} onRetry={() => void differences.refetch()} />
      )}
      {chosen !== null && differences.isPending && <LoadingRows />}
      {chosen !== null && differences.data && other && (
        <CompareTable a={{ id, name }} b={{ id: other.id, name: other.name }} differences={differences.data} />
      )}
    </Stack>
  )
}
