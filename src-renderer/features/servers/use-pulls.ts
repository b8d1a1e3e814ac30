import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pull, PullState } from '@contract/entities/server'
import type { PullId, ServerId } from '@contract/ids'
import { bridge } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyDone } from '@renderer/components/notify'

const KEY = ['pulls.list', {}] as const

/** The pulls of one server with their progress as it comes. Says so when one has come to its end. */
export function usePulls(serverId: ServerId): readonly Pull[] {
  const { t } = useTranslation('servers')
  const client = useQueryClient()
  const pulls = useRoute('pulls.list', {})
  useEffect(
    () =>
      bridge().subscribe((event) => {
        if (event.name !== 'pull.progress') return
        const { payload } = event
        client.setQueryData<Pull[]>(KEY, (known) => known?.map((pull) => (pull.id === payload.id ? payload : pull)))
      }),
    [client]
  )

  const before = useRef(new Map<PullId, PullState>())
  useEffect(() => {
    for (const { id, model, state } of pulls.data ?? []) {
      const last = before.current.get(id)
      if (state === 'done' && last !== undefined && last !== 'done') notifyDone(t('pull.done', { name: model }))
      before.current.set(id, state)
    }
  }, [pulls.data, t])
  return (pulls.data ?? []).filter((pull) => pull.serverId === serverId)
}
