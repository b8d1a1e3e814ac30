import { lazy, Suspense } from 'react'
import { useMediaDialog } from '@renderer/stores/media-dialog'
import { MediaAnnouncer } from './MediaAnnouncer'

const MakeDialog = lazy(async () => ({ default: (await import('./MakeDialog')).MakeDialog }))

/** What lies over every screen: the dialog in which things are made, and the news of those that are ready. */
export function MediaLayer() {
  const making = useMediaDialog((state) => state.making)
  return (
    <>
      <MediaAnnouncer />
      {making && (
        <Suspense fallback={null}>
          <MakeDialog making={making} />
        </Suspense>
      )}
    </>
  )
}
