import { IMPORT_FILES, pickFiles } from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'

/** Lets the user pick files, and shows what they would bring. */
export function useImport(): () => void {
  const importFiles = useFilesDialog((state) => state.importFiles)
  const pick = async () => {
    const files = await pickFiles(IMPORT_FILES)
    if (files.length > 0) importFiles(files)
  }
  return () => void pick()
}
