import { useEffect, useState } from 'react'
import { MEDIA, MediaProgress } from '@contract/entities/media'
import type { JobId } from '@contract/ids'
import { bridge } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'

const nothing: MediaProgress = { phase: 'waiting', done: null, words: '' }

/** How far a job is, as it comes further; what was told before somebody looked is asked for. */
export function useMediaProgress(jobId: JobId | null): MediaProgress {
  const [heard, setHeard] = useState<MediaProgress | null>(null)
  const { data } = useRoute(
    'jobs.list',
    { kind: MEDIA, ids: jobId === null ? [] : [jobId] },
    { enabled: jobId !== null, gcTime: 0 }
  )
  useEffect(() => {
    if (jobId === null) return undefined
    return bridge().subscribe((event) => {
      if (event.name !== 'job.progress' || event.payload.id !== jobId) return
      const progress = MediaProgress.safeParse(event.payload.progress).data
      if (progress) setHeard(progress)
    })
  }, [jobId])
  return heard ?? MediaProgress.safeParse(data?.find(({ id }) => id === jobId)?.progress).data ?? nothing
}
