import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { useMediaDialog, type Making } from '@renderer/stores/media-dialog'
import { MakeForm } from './MakeForm'

/** A poem, a voice, a song or a clip of a text: what is sent, how it is made, and what it will take. */
export function MakeDialog() {
  const { t } = useTranslation(['media', 'common'])
  const { making, close } = useMediaDialog()
  return (
    <Modal
      opened={making !== null}
      onClose={close}
      size={720}
      title={t('make.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {making && <Make making={making} onDone={close} />}
    </Modal>
  )
}

function Make({ making, onDone }: { making: Making; onDone: () => void }) {
  const { data, error, refetch } = useRoute('stages.list', {})
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <LoadingRows rows={4} />
  const first = data.find(({ id }) => id === making.stage) ?? data.find(({ choice }) => choice !== null) ?? data[0]
  return first && <MakeForm making={making} stages={data} first={first.id} onDone={onDone} />
}
