import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job, JobState } from '@contract/entities/job'
import { Pull, PULL } from '@contract/entities/pull'
import type { JobId, ServerId } from '@contract/ids'
import { bridge } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyDone } from '@renderer/components/notify'

const KEY = ['jobs.list', { kind: PULL }] as const

/** The downloads of one server with their progress as it comes. Says so when one has come to its end. */
export function usePulls(serverId: ServerId): readonly Pull[] {
  const { t } = useTranslation('servers')
  const client = useQueryClient()
  const jobs = useRoute('jobs.list', { kind: PULL })
  useEffect(
    () =>
      bridge().subscribe((event) => {
        if (event.name !== 'job.progress') return
        const { payload } = event
        client.setQueryData<Job[]>(KEY, (known) => known?.map((job) => (job.id === payload.id ? payload : job)))
      }),
    [client]
  )
  const pulls = useMemo(
    () =>
      (jobs.data ?? []).flatMap((job) => {
        const read = Pull.safeParse(job)
        return read.success ? [read.data] : []
      }),
    [jobs.data]
  )

  const before = useRef(new Map<JobId, JobState>())
  useEffect(() => {
    for (const { id, input, state } of pulls) {
      const last = before.current.get(id)
      if (state === 'done' && last !== undefined && last !== 'done') notifyDone(t('pull.done', { name: input.model }))
      before.current.set(id, state)
    }
  }, [pulls, t])
  return pulls.filter(({ input }) => input.serverId === serverId)
}
