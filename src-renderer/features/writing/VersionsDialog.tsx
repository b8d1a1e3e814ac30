import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Message } from '@contract/entities/story'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { Prose } from './Prose'
import classes from './VersionsDialog.module.css'

export interface VersionsDialogProps {
  message: Message
  onClose: () => void
}

/** What a passage said before, with a way back to each. */
export function VersionsDialog({ message: { id, author, writtenBy }, onClose }: VersionsDialogProps) {
  const { t } = useTranslation('writing')
  const common = useTranslation('common').t
  const format = useFormat()
  const versions = useRoute('messages.versions', { id })
  const restore = useCommand('messages.restoreVersion', { onSuccess: onClose, onError: notifyError })
  const writer = (edited: boolean) => {
    if (edited) return t('versions.edited')
    return author === 'story' && writtenBy ? writtenBy.model : t('versions.first')
  }
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('versions.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {versions.isPending && <LoadingRows rows={2} height={90} />}
      {versions.isError && <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} />}
      <ul className={classes.list}>
        {versions.data?.map((version) => (
          <li key={version.id} className={classes.version}>
            <div className={classes.head}>
              <span>{writer(version.edited)}</span>
              <time dateTime={version.writtenAt} title={format.moment(version.writtenAt)}>
                {format.ago(version.writtenAt)}
              </time>
              <Button
                variant="default"
                size="compact-sm"
                ml="auto"
                loading={restore.isPending && restore.variables.version === version.id}
                onClick={() => restore.mutate({ id, version: version.id })}
              >
                {t('versions.restore')}
              </Button>
            </div>
            <div className={classes.text}>
              <Prose text={version.text} />
            </div>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
