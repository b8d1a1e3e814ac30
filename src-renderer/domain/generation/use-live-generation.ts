import { useEffect, useEffectEvent, useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Generation } from '@contract/entities/generation'
import type { FabulaError } from '@contract/errors'
import type { EventPayload } from '@contract/events'
import type { GenerationId } from '@contract/ids'
import { bridge } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'

/** The answer that is being written. */
export interface LiveAnswer {
  /** From 0. */
  try: number
  text: string
  reasoning: string
}

type Delta = EventPayload<'generation.delta'>

/** An answer with one piece more; null where text before the piece is missing. */
export function withDelta(live: LiveAnswer, { try: at, kind, offset, text }: Delta): LiveAnswer | null {
  const answer = at === live.try ? live : { try: at, text: '', reasoning: '' }
  const before = kind === 'text' ? answer.text : answer.reasoning
  if (offset > before.length) return null
  // With the offset 0 it begins anew: the one before was given up.
  const after = offset === 0 ? text : before + text.slice(before.length - offset)
  return kind === 'text' ? { ...answer, text: after } : { ...answer, reasoning: after }
}

/** A generation, and while it runs the answer as it is written. */
export function useLiveGeneration(id: GenerationId): {
  query: UseQueryResult<Generation, FabulaError>
  live: LiveAnswer | null
} {
  const query = useRoute('generations.get', { id })
  const [heard, setHeard] = useState<LiveAnswer | null>(null)
  const stored = query.data
  const base: LiveAnswer = { try: stored?.tries.length ?? 0, text: stored?.text ?? '', reasoning: '' }
  const live = heard === null || (heard.try <= base.try && heard.text.length < base.text.length) ? base : heard

  const hear = useEffectEvent((delta: Delta) => {
    const next = withDelta(live, delta)
    if (next) setHeard(next)
    // Main knows what was missed.
    else if (!query.isFetching) void query.refetch()
  })
  const end = useEffectEvent(() => void query.refetch())
  useEffect(
    () =>
      bridge().subscribe((event) => {
        if (event.name === 'generation.delta' && event.payload.id === id) hear(event.payload)
        if (event.name === 'generation.ended' && event.payload.id === id) end()
      }),
    [id]
  )
  return { query, live: stored?.state === 'running' ? live : null }
}
