import { Ollama } from 'ollama'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import type { Source } from '@main/providers/kit/failures'
import type { AnswerLength } from '@main/providers/kit/limits'
import { checkedLines } from '@main/providers/kit/ndjson'

/** What the last line of each stream says, by the end of its path: without it the stream was cut off. */
const streams: Readonly<Record<string, (line: Record<string, unknown>) => boolean>> = {
  '/api/chat': ({ done }) => done === true,
  '/api/generate': ({ done }) => done === true,
  '/api/pull': ({ status }) => status === 'success',
}

/**
 * The `ollama` client for one call. Alone, it knows no signal but its own, keeps reading after its caller has left,
 * prints bodies to the console, and skips lines that it cannot read; the fetch that it gets here puts that right.
 *
 * @param length how long its answer may be, as in `checkedFetch`
 */
export function createClient(connection: Source, signal: AbortSignal, length?: AnswerLength): Ollama {
  const fetch = checkedFetch(connection, signal, length)
  return new Ollama({
    host: connection.baseUrl,
    fetch: async (target, init) => {
      const response = await fetch(target, init)
      const isLast = streamAt(target)
      return isLast ? checkedLines(connection, response, isLast) : response
    },
  })
}

/** By the address, not by the content type: something else than Ollama may answer. */
function streamAt(target: string | URL | Request) {
  const { pathname } = new URL(target instanceof Request ? target.url : target)
  return Object.entries(streams).find(([path]) => pathname.endsWith(path))?.[1]
}
