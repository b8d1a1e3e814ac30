import { useEffect, useState } from 'react'
import { BATCH, BatchProgress, type Batch } from '@contract/entities/batch'
import type { JobId, TemplateId } from '@contract/ids'
import { bridge } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'

/** The batches of a template, or all of them; each as far as it is now. */
export function useBatches(templateId: TemplateId | undefined): readonly Batch[] {
  const batches = useRoute('batches.list', templateId === undefined ? {} : { templateId }).data ?? []
  const [heard, setHeard] = useState<ReadonlyMap<JobId, BatchProgress>>(new Map())
  useEffect(
    () =>
      bridge().subscribe((event) => {
        if (event.name !== 'job.progress' || event.payload.kind !== BATCH) return
        const progress = BatchProgress.safeParse(event.payload.progress).data
        if (progress) setHeard((before) => new Map([...before, [event.payload.id, progress]]))
      }),
    []
  )
  return batches.map((batch) => {
    const progress = batch.jobId !== null && batch.state === 'running' ? heard.get(batch.jobId) : undefined
    return progress && doneOf(progress) >= doneOf(batch.progress) ? { ...batch, progress } : batch
  })
}

/** Rows that need nothing more, for now. */
export const doneOf = ({ complete, invalid, failed, skipped }: BatchProgress): number =>
  complete + invalid + failed + skipped

/** Rows that can be taken once more. */
export const failedOf = ({ invalid, failed }: BatchProgress): number => invalid + failed
