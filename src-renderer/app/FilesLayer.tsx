import { lazy, Suspense, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { whenIdle } from './lazy-screen'

// Loaded behind the first screen: a dialog that mounts already open would not know where the focus was before.
const FilesDialogs = lazy(async () => ({
  default: (await import('@renderer/features/files/FilesDialogs')).FilesDialogs,
}))
const OpenedFiles = lazy(async () => ({ default: (await import('@renderer/features/files/OpenedFiles')).OpenedFiles }))
const DropTarget = lazy(async () => ({ default: (await import('@renderer/features/files/DropTarget')).DropTarget }))

/** Where a dropped file is one to import. */
const TAKES_FILES = /^\/((presets|models|providers|servers|worlds|stories|templates|usage|bin|settings|guide)(\/|$)|$)/

/** The import and export dialogs, the files that the system opens with Fabula, and the window as a place to drop one on. */
export function FilesLayer() {
  const [place] = useLocation()
  const [drawn, setDrawn] = useState(false)
  useEffect(() => whenIdle(() => setDrawn(true)), [])
  if (!drawn) return null
  return (
    <Suspense fallback={null}>
      <FilesDialogs />
      <OpenedFiles />
      {TAKES_FILES.test(place) && <DropTarget />}
    </Suspense>
  )
}
