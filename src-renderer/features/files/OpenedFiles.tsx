import { useEffect } from 'react'
import { bridge, request } from '@renderer/api/bridge'
import { notifyError } from '@renderer/components/notify'
import { useFilesDialog } from '@renderer/stores/files-dialog'

/** Opens the import with the files that were opened with Fabula from outside, before this window or since. */
export function OpenedFiles() {
  const importFiles = useFilesDialog((state) => state.importFiles)
  useEffect(() => {
    const take = async () => {
      try {
        const files = await request('files.takeOpened', {})
        if (files.length > 0) importFiles(files)
      } catch (error) {
        notifyError(error)
      }
    }
    void take()
    return bridge().subscribe(({ name }) => {
      if (name === 'files.opened') void take()
    })
  }, [importFiles])
  return null
}
