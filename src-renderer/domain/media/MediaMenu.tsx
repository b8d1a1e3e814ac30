import { Menu } from '@mantine/core'
import { IconDownload, IconFileText, IconMicrophone, IconMovie, IconMusic, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MediaSummary } from '@contract/entities/media'
import type { StageKind } from '@contract/entities/stage'
import { request } from '@renderer/api/bridge'
import { useCommand } from '@renderer/api/queries'
import { MoreMenu } from '@renderer/components/MoreMenu'
import { notifyError, notifyUndo } from '@renderer/components/notify'
import { downloadText } from '@renderer/components/text-files'
import { TextPrompt } from '@renderer/components/TextPrompt'
import { useMediaDialog } from '@renderer/stores/media-dialog'
import { fileNameOf, mediaUrl } from './media-file'
import { useStages } from './use-stages'

const icons: Partial<Record<StageKind, typeof IconMusic>> = {
  speech: IconMicrophone,
  music: IconMusic,
  video: IconMovie,
}

/** What can be done with what was made: a name, a file of its own, what comes next of a poem, and the bin. */
export function MediaMenu({ media }: { media: MediaSummary }) {
  const { t } = useTranslation(['media', 'common'])
  const { id, title, state, file } = media
  const [renaming, setRenaming] = useState(false)
  const rename = useCommand('media.rename', { onError: notifyError, onSuccess: () => setRenaming(false) })
  const remove = useCommand('media.delete', {
    onError: notifyError,
    onSuccess: () =>
      notifyUndo({ text: t('deleted', { name: title }), undo: () => request('bin.restore', { kind: 'media', id }) }),
  })
  const saveWords = async () => {
    const { words } = await request('media.get', { id })
    downloadText(`${fileNameOf(title, { type: '' })}.txt`, words, 'text/plain')
  }
  const isPoem = state === 'complete' && file === null
  return (
    <>
      <MoreMenu label={t('more', { name: title })} deletion={{ ask: () => remove.mutate({ id }) }}>
        {isPoem && <GoOn media={media} />}
        {isPoem && (
          <Menu.Item
            leftSection={<IconFileText size={16} stroke={1.6} aria-hidden />}
            onClick={() => void saveWords().catch(notifyError)}
          >
            {t('saveWords')}
          </Menu.Item>
        )}
        {file && (
          <Menu.Item
            component="a"
            href={mediaUrl(id)}
            download={fileNameOf(title, file)}
            leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
          >
            {t('download')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} aria-hidden />} onClick={() => setRenaming(true)}>
          {t('common:rename')}
        </Menu.Item>
      </MoreMenu>
      <TextPrompt
        opened={renaming}
        title={t('renameTitle')}
        label={t('common:name')}
        value={title}
        onSubmit={(name) => rename.mutate({ id, title: name })}
        onCancel={() => setRenaming(false)}
      />
    </>
  )
}

/** What a poem can become: everything that is not words again. */
function GoOn({ media: { id, storyId, messageId } }: { media: MediaSummary }) {
  const { t } = useTranslation('media')
  const { stages } = useStages()
  const make = async (stage: (typeof stages)[number]) => {
    const { words } = await request('media.get', { id })
    useMediaDialog.getState().open({ stage: stage.id, storyId, messageId, sourceId: id, text: words })
  }
  return stages.map((stage) => {
    const Icon = icons[stage.kind]
    return (
      Icon && (
        <Menu.Item
          key={stage.id}
          leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
          onClick={() => void make(stage).catch(notifyError)}
        >
          {t(`makeOf.${stage.kind === 'chat' ? 'other' : stage.kind}`)}
        </Menu.Item>
      )
    )
  })
}
