import { answerFailure, badAnswer, fetchFailure, mediaGone } from '@main/providers/kit/failures'
import { guardedBody } from '@main/providers/kit/guarded-body'
import type { Connection } from '@main/providers/spec/protocol'

/** Statuses under which a link leads to nothing any more: those of stores of files say "forbidden" for "expired". */
const EXPIRED = new Set([401, 403, 404, 410])

/** Characters of an error that are read. */
const MOST_ERROR = 4000

/**
 * The answer with a file that a provider made, its body not yet read. The key goes to the provider's own host alone, also
 * where that sends on to another one. Throws `media_expired` for a link that leads to nothing any more.
 */
export async function fetchFile(connection: Connection, url: string, signal: AbortSignal): Promise<Response> {
  const response = await connection.download(url, signal).catch((error: unknown) => {
    throw fetchFailure(connection, error, signal)
  })
  if (response.ok) return guardedBody(connection, response, signal, 'endless')
  const isHome = URL.canParse(connection.baseUrl) && new URL(url).origin === new URL(connection.baseUrl).origin
  // The provider itself means the key by 401.
  if (EXPIRED.has(response.status) && !(isHome && response.status === 401)) {
    void response.body?.cancel().catch(() => undefined)
    throw mediaGone(connection, 'file')
  }
  if (response.status < 400) throw badAnswer(connection, 'wrong_shape')
  const body = (await response.text().catch(() => '')).slice(0, MOST_ERROR)
  throw answerFailure(connection, { status: response.status, headers: response.headers, body })
}
