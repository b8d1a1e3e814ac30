import { create } from 'zustand'
import type { ModelConfigId, PresetId, StoryId, TemplateId, WorldEntryId, WorldId } from '@contract/ids'
import type { OpenedFile } from '@contract/routes/files'

/** A file of the page, or one that main has already. */
export type FileToImport = File | OpenedFile

/** What an export dialog starts with; the user can choose otherwise in it. */
export type ExportStart =
  | { what: 'presets'; ids: readonly PresetId[] }
  | { what: 'modelConfigs'; ids: readonly ModelConfigId[] }
  | { what: 'templates'; ids: readonly TemplateId[] }
  | { what: 'configuration' }

/** A character that is to go into a file. */
export interface CharacterExportStart {
  what: 'character'
  worldId: WorldId
  id: WorldEntryId
}

/** A story whose text is to go into a file. */
export interface TextExportStart {
  what: 'text'
  storyId: StoryId
}

export type AnyExportStart = ExportStart | CharacterExportStart | TextExportStart

interface FilesDialog {
  /** The files to import; null while no import is open. */
  files: readonly FileToImport[] | null
  /** Counts imports, to tell one from the next. */
  imports: number
  exporting: AnyExportStart | null
  importFiles: (files: readonly FileToImport[]) => void
  exportFrom: (start: AnyExportStart) => void
  close: () => void
}

/** Opens the import and export dialogs from any screen; the app shows them. */
export const useFilesDialog = create<FilesDialog>((set) => ({
  files: null,
  imports: 0,
  exporting: null,
  importFiles: (files) => set(({ imports }) => ({ files, imports: imports + 1, exporting: null })),
  exportFrom: (exporting) => set({ exporting, files: null }),
  close: () => set({ files: null, exporting: null }),
}))
