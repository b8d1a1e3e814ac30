import { CONFIGURATION_FILES, pickFile } from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'

/** Lets the user pick a file, and shows what it would bring. */
export function useImport(): () => void {
  const importFile = useFilesDialog((state) => state.importFile)
  const pick = async () => {
    const file = await pickFile(CONFIGURATION_FILES)
    if (file) importFile(file)
  }
  return () => void pick()
}
