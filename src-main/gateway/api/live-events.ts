import type { AnyEvent } from '@contract/events'
import { ApiError } from '@main/gateway/api-error'
import { eventStream } from '@main/gateway/event-stream'
import type { ApiPorts } from './api-ports'

/** A piece of text that came: at this place of this answer, in UTF-16 units. */
export interface Delta {
  try: number
  kind: 'text' | 'reasoning'
  offset: number
  text: string
}

/** How often a stream on which nothing comes shows life. Milliseconds. */
const ALIVE_MS = 15_000

/**
 * Server-sent events of something that runs: how it stands under its own name, first and after each change; text as `delta`;
 * at its end `end`, and of a failure `error`. A slow reader gets fewer and longer ones: what waits for it is joined.
 */
export function liveEvents<Thing>(
  { subscribe, toApiError }: Pick<ApiPorts, 'subscribe' | 'toApiError'>,
  followed: {
    name: string
    /** As it stands now. Throws where it is gone. */
    read: () => Promise<Thing>
    isOver: (thing: Thing) => boolean
    /** What an event says of it: that it changed, or text of it. */
    news: (event: AnyEvent) => 'changed' | Delta | null
    toApi: (thing: Thing) => unknown
    /** Aborts when nothing more may be told: the key was revoked, or the program left. */
    signal: AbortSignal
    /** Called once, at the end of the stream. */
    ended: (left: boolean) => void
  }
): Response {
  const { name, read, isOver, news, toApi, signal, ended } = followed
  let hasChanged = false
  let deltas: Delta[] = []
  let left = false
  let wake = () => {}
  let isEnded = false
  const end = () => {
    if (isEnded) return
    isEnded = true
    unsubscribe()
    signal.removeEventListener('abort', leave)
    ended(left)
  }
  const leave = () => {
    left = true
    wake()
  }
  signal.addEventListener('abort', leave, { once: true })
  const unsubscribe = subscribe((event) => {
    const said = news(event)
    if (said === null) return
    if (said === 'changed') hasChanged = true
    else join(deltas, said)
    wake()
  })
  const somethingNew = () =>
    new Promise<void>((resolve) => {
      wake = resolve
      if (hasChanged || deltas.length > 0 || left) resolve()
    })

  async function* parts(): AsyncGenerator<string, void> {
    try {
      let thing = await read()
      yield frame(name, toApi(thing))
      while (!isOver(thing)) {
        await somethingNew()
        // Whoever has left does not hear it; whose key was revoked does.
        signal.throwIfAborted()
        if (left) return
        const came = deltas
        deltas = []
        for (const delta of came) yield frame('delta', delta)
        if (!hasChanged) continue
        hasChanged = false
        thing = await read()
        if (!isOver(thing)) yield frame(name, toApi(thing))
      }
      yield frame('end', toApi(thing))
    } catch (error) {
      yield frame('error', (error instanceof ApiError ? error : toApiError(error)).toBody())
    } finally {
      end()
    }
  }
  const readerLeft = () => {
    leave()
    end()
  }
  return eventStream({ parts: parts(), left: readerLeft }, ALIVE_MS)
}

/** Puts a piece behind the last one where it goes on from it. */
export function join(deltas: Delta[], next: Delta): void {
  const last = deltas.at(-1)
  if (last && last.try === next.try && last.kind === next.kind && last.offset + last.text.length === next.offset)
    last.text += next.text
  else deltas.push({ ...next })
}

const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
