import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Generation } from '@contract/entities/generation'
import type { FabulaError } from '@contract/errors'
import type { EventPayload } from '@contract/events'
import type { GenerationId } from '@contract/ids'
import { createPartialJson, type PartialJson } from '@contract/schema/partial-json'
import type { JsonValue } from '@contract/values'
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
function withDelta(live: LiveAnswer, { try: at, kind, offset, text }: Delta): LiveAnswer | null {
  const answer = at === live.try ? live : { try: at, text: '', reasoning: '' }
  const before = kind === 'text' ? answer.text : answer.reasoning
  if (offset > before.length) return null
  // With the offset 0 it begins anew: the one before was given up.
  const after = offset === 0 ? text : before + text.slice(before.length - offset)
  return kind === 'text' ? { ...answer, text: after } : { ...answer, reasoning: after }
}

/** What there is of the JSON in a text. */
function readAll(text: string): PartialJson {
  const reader = createPartialJson()
  reader.add(text)
  return reader
}

/** A generation, and while it runs the answer as it is written, with what can be shown of its JSON. */
export function useLiveGeneration(id: GenerationId): {
  query: UseQueryResult<Generation, FabulaError>
  live: (LiveAnswer & { value: JsonValue | undefined }) | null
} {
  const query = useRoute('generations.get', { id })
  const [heard, setHeard] = useState<(LiveAnswer & { value: JsonValue | undefined }) | null>(null)
  /** Has read all that was heard: what is added is read alone. */
  const reader = useRef<PartialJson | null>(null)
  const stored = query.data
  // While it runs, the last try is the one that is written.
  const current = stored?.state === 'running' ? stored.tries.at(-1) : undefined
  const storedText = current?.answer ?? ''
  const storedReasoning = current?.reasoning ?? ''
  const storedTry = Math.max(0, (stored?.tries.length ?? 0) - 1)
  const base = useMemo(
    () => ({ try: storedTry, text: storedText, reasoning: storedReasoning, value: readAll(storedText).value() }),
    [storedTry, storedText, storedReasoning]
  )
  const isOld =
    heard === null || heard.try < base.try || (heard.try === base.try && heard.text.length < base.text.length)
  const live = isOld ? base : heard

  const hear = useEffectEvent((delta: Delta) => {
    const next = withDelta(live, delta)
    if (next === null) {
      // Main knows what was missed.
      if (!query.isFetching) void query.refetch()
      return
    }
    const added = next.text.startsWith(live.text) && next.try === live.try && delta.offset > 0
    if (added && reader.current && !isOld) reader.current.add(next.text.slice(live.text.length))
    else reader.current = readAll(next.text)
    setHeard({ ...next, value: reader.current.value() })
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
