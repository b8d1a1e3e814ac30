import { lazy, Suspense, useEffect, useState } from 'react'
import { MediaAnnouncer } from '@renderer/features/media/MediaAnnouncer'
import { whenIdle } from './lazy-screen'

// Loaded behind the first screen: a dialog that mounts already open would not know where the focus was before.
const MakeDialog = lazy(async () => ({ default: (await import('@renderer/features/media/MakeDialog')).MakeDialog }))

/** What lies over every screen: the dialog in which things are made, and the news of those that are ready. */
export function MediaLayer() {
  const [drawn, setDrawn] = useState(false)
  useEffect(() => whenIdle(() => setDrawn(true)), [])
  return (
    <>
      <MediaAnnouncer />
      {drawn && (
        <Suspense fallback={null}>
          <MakeDialog />
        </Suspense>
      )}
    </>
  )
}
