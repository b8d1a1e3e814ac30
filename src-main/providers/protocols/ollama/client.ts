import { Ollama } from 'ollama'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import type { Source } from '@main/providers/kit/failures'
import { checkedLines } from '@main/providers/kit/ndjson'

/**
 * The `ollama` client for one call. Alone, it knows no signal but its own, keeps reading after its caller has left,
 * prints bodies to the console, and skips lines that it cannot read; the fetch that it gets here puts that right.
 */
export function createClient(connection: Source, signal: AbortSignal): Ollama {
  const fetch = checkedFetch(connection, signal)
  return new Ollama({
    host: connection.baseUrl,
    fetch: async (target, init) => {
      const response = await fetch(target, init)
      return isStream(target) ? checkedLines(connection, response) : response
    },
  })
}

/** By the address, not by the content type: something else than Ollama may answer. */
const isStream = (target: string | URL | Request) =>
  new URL(target instanceof Request ? target.url : target).pathname.endsWith('/api/chat')
