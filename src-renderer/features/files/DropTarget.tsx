import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { droppedFiles } from './dropped-files'
import classes from './Files.module.css'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Takes files that are dropped anywhere on the window, and says so while they hover. */
export function DropTarget() {
  const { t } = useTranslation('files')
  const importFiles = useFilesDialog((state) => state.importFiles)
  const [hovering, setHovering] = useState(false)

  useEffect(() => {
    // Enter and leave come for every element on the way: only their balance says whether the file is still here.
    let inside = 0
    const endDrag = () => {
      inside = 0
      setHovering(false)
    }
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return
      inside += 1
      setHovering(true)
    }
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault()
    }
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return
      inside -= 1
      if (inside <= 0) endDrag()
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      endDrag()
      if (event.dataTransfer) void take(event.dataTransfer)
    }
    const take = async (dropped: DataTransfer) => {
      try {
        const { files, hasMore } = await droppedFiles(dropped)
        if (files.length > 0) importFiles(files)
        else notifyDone(t('import.nothingInFolder'))
        if (hasMore) notifyDone(t('import.onlyFirst', { count: files.length }))
      } catch (error) {
        notifyError(error)
      }
    }
    const end = new AbortController()
    const { signal } = end
    window.addEventListener('dragenter', enter, { signal })
    window.addEventListener('dragover', over, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('drop', drop, { signal })
    return () => end.abort()
  }, [importFiles, t])

  return hovering ? (
    <div className={classes.drop} aria-hidden>
      <span className={classes.dropText}>{t('import.drop')}</span>
    </div>
  ) : null
}
