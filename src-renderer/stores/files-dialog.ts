import { create } from 'zustand'
import type { ModelConfigId, PresetId } from '@contract/ids'

/** What an export dialog starts with; the user can choose otherwise in it. */
export type ExportStart =
  | { what: 'presets'; ids: readonly PresetId[] }
  | { what: 'modelConfigs'; ids: readonly ModelConfigId[] }
  | { what: 'configuration' }

interface FilesDialog {
  /** The file to import; null while no import is open. */
  file: File | null
  /** Counts imports, to tell one from the next. */
  imports: number
  exporting: ExportStart | null
  importFile: (file: File) => void
  exportFrom: (start: ExportStart) => void
  close: () => void
}

/** Opens the import and export dialogs from any screen; the app shows them. */
export const useFilesDialog = create<FilesDialog>((set) => ({
  file: null,
  imports: 0,
  exporting: null,
  importFile: (file) => set(({ imports }) => ({ file, imports: imports + 1, exporting: null })),
  exportFrom: (exporting) => set({ exporting, file: null }),
  close: () => set({ file: null, exporting: null }),
}))
