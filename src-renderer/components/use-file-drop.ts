import { useState, type DragEvent, type DragEventHandler } from 'react'

interface FileDrop {
  /** A file is held over the element; undefined when none is, as an attribute wants it. */
  'data-over': true | undefined
  onDragOver: DragEventHandler
  onDragLeave: DragEventHandler
  onDrop: DragEventHandler
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')

/** What an element needs on which a file can be dropped; of several, the first is taken. */
export function useFileDrop(take: (file: File | undefined) => void): FileDrop {
  const [over, setOver] = useState(false)
  return {
    'data-over': over || undefined,
    onDragOver: (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      // The window takes dropped files in, too.
      event.stopPropagation()
      setOver(false)
      take(event.dataTransfer.files[0])
    },
  }
}
