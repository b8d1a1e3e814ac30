import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { useRoute } from '@renderer/api/queries'
import { useMediaDialog, type Making } from '@renderer/stores/media-dialog'
import { MakeForm } from './MakeForm'

/** A poem, a voice, a song or a clip of a text: what is sent, how it is made, and what it will take. */
export function MakeDialog({ making }: { making: Making }) {
  const { t } = useTranslation(['media', 'common'])
  const close = useMediaDialog((state) => state.close)
  const stages = useRoute('stages.list', {})
  const first =
    stages.data?.find(({ id }) => id === making.stage) ??
    stages.data?.find(({ choice }) => choice !== null) ??
    stages.data?.[0]
  return (
    <Modal
      opened
      onClose={close}
      size={720}
      title={t('make.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {stages.error && <ErrorNotice error={stages.error} onRetry={() => void stages.refetch()} />}
      {stages.isPending && <LoadingRows rows={4} />}
      {stages.data && first && <MakeForm making={making} stages={stages.data} first={first.id} onDone={close} />}
    </Modal>
  )
}
