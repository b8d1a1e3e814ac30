import type { Files } from '@main/features/files/files'
import type { OpenedFiles } from '@main/features/files/opened-files'
import type { HandlersOf } from './router'

export const fileHandlers = (files: Files, opened: OpenedFiles): HandlersOf<'files'> => ({
  'files.export': (asked) => files.export(asked),
  'files.exportCharacter': (asked) => files.exportCharacter(asked),
  'files.exportLore': (asked) => files.exportLore(asked),
  'files.exportChat': ({ storyId }) => files.exportChat(storyId),
  'files.exportText': (asked) => files.exportText(asked),
  'files.exportBook': (asked) => files.exportBook(asked),
  'files.textOutline': (asked) => files.textOutline(asked),
  'files.exportStory': ({ storyId }) => files.exportStory(storyId),
  'files.upload': (asked) => files.upload(asked),
  'files.takeOpened': () => opened.take(),
  'files.dropUploads': async ({ uploadIds }) => {
    await files.dropUploads(uploadIds)
    return {}
  },
  'files.preview': (asked) => files.preview(asked),
  'files.import': (asked) => files.import(asked),
  'files.stopImport': () => {
    files.stopImport()
    return {}
  },
  'files.lastImport': () => files.lastImport(),
  'files.undo': ({ undoId }) => {
    files.undo(undoId)
    return {}
  },
})
