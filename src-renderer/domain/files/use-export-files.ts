import { useTranslation } from 'react-i18next'
import type { StoryId, WorldId } from '@contract/ids'
import { request } from '@renderer/api/bridge'
import { notifyDone, notifyError, notifyWhile } from '@renderer/components/notify'
import { downloadText } from '@renderer/components/text-files'

/** Gives the user a story as a file of Fabula, as a copied text or as a chat of SillyTavern, and the lore of a world as one of its lorebooks. */
export function useExportFiles(): {
  exportStory: (storyId: StoryId) => void
  /** Puts the text of the whole story on the clipboard. */
  copyText: (storyId: StoryId) => void
  exportChat: (storyId: StoryId) => void
  exportLore: (worldId: WorldId) => void
} {
  const { t } = useTranslation('files')
  const save = async (write: () => Promise<{ fileName: string; text: string; leftOut?: number }>, mimeType: string) => {
    const end = notifyWhile(t('export.running'))
    try {
      const { fileName, text, leftOut = 0 } = await write()
      downloadText(fileName, text, mimeType)
      if (leftOut > 0) notifyDone(t('export.leftOut', { count: leftOut }))
    } catch (error) {
      notifyError(error)
    } finally {
      end()
    }
  }
  const copy = async (storyId: StoryId) => {
    try {
      const { text } = await request('files.exportText', { storyId, form: 'text' })
      await navigator.clipboard.writeText(text)
      notifyDone(t('export.copied'))
    } catch (error) {
      notifyError(error)
    }
  }
  return {
    copyText: (storyId) => void copy(storyId),
    exportStory: (storyId) => void save(() => request('files.exportStory', { storyId }), 'application/json'),
    exportChat: (storyId) => void save(() => request('files.exportChat', { storyId }), 'application/jsonl'),
    exportLore: (worldId) => void save(() => request('files.exportLore', { worldId }), 'application/json'),
  }
}
