import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconClipboardText,
  IconCopy,
  IconDots,
  IconFileExport,
  IconFileText,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { StorySummary } from '@contract/entities/story'
import { request } from '@renderer/api/bridge'
import { notifyDone, notifyError, notifyUndo, notifyWhile } from '@renderer/components/notify'
import { useExportFiles } from '@renderer/domain/files/use-export-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import classes from './StoriesScreen.module.css'

export interface StoryMenuProps {
  story: StorySummary
  onRename: () => void
}

/** The row that takes the focus when this one goes. */
function neighbourOf(row: Element | null | undefined): HTMLElement | null {
  const next = row?.nextElementSibling ?? row?.previousElementSibling
  return next?.querySelector<HTMLElement>('[data-row]') ?? null
}

/** What can be done to a story without opening it. */
export function StoryMenu({ story: { id, title, archived }, onRename }: StoryMenuProps) {
  const { t } = useTranslation('stories')
  const { exportChat, exportStory, copyText } = useExportFiles()
  const exportFrom = useFilesDialog((state) => state.exportFrom)
  const button = useRef<HTMLButtonElement>(null)

  const tell = async (act: () => Promise<unknown>) => {
    const neighbour = neighbourOf(button.current?.closest('li'))
    try {
      await act()
      // The menu gives the focus back to its button, which may be gone by then.
      if (document.activeElement === document.body || document.activeElement === button.current) neighbour?.focus()
    } catch (error) {
      notifyError(error)
    }
  }
  const duplicate = async () => {
    const end = notifyWhile(t('duplicating', { title }))
    try {
      const copy = await request('stories.duplicate', { id })
      notifyDone(t('duplicated', { title: copy.title }))
    } catch (error) {
      notifyError(error)
    } finally {
      end()
    }
  }
  const archive = () =>
    tell(async () => {
      await request('stories.archive', { id, archived: !archived })
      notifyUndo({
        text: t(archived ? 'archived.taken' : 'archived.put', { title }),
        undo: () => request('stories.archive', { id, archived }),
      })
    })
  const remove = () =>
    tell(async () => {
      await request('stories.delete', { id })
      notifyUndo({ text: t('deleted', { title }), undo: () => request('stories.restore', { id }) })
    })

  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          ref={button}
          className={classes.menu}
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('menu.label', { title })}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onRename}>
          {t('menu.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void duplicate()}>
          {t('menu.duplicate')}
        </Menu.Item>
        <Menu.Item leftSection={<IconClipboardText size={16} aria-hidden />} onClick={() => copyText(id)}>
          {t('menu.copyText')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileText size={16} aria-hidden />}
          onClick={() => exportFrom({ what: 'text', storyId: id })}
        >
          {t('menu.exportText')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => exportStory(id)}>
          {t('menu.exportStory')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => exportChat(id)}>
          {t('menu.export')}
        </Menu.Item>
        <Menu.Item
          leftSection={archived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />}
          onClick={() => void archive()}
        >
          {t(archived ? 'menu.unarchive' : 'menu.archive')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void remove()}>
          {t('menu.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
