import { z } from 'zod'
import { badAnswer, notInLibrary, requestFailure } from '@main/providers/kit/failures'
import { untilEnd } from '@main/providers/kit/until-end'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection, PullLine, WantedModel } from '@main/providers/spec/protocol'
import { createClient } from './client'

/** Characters. */
const STATUS_LIMIT = 300

const bytes = z.number().int().nonnegative()

/** A line of `POST /api/pull`. `completed` is left out until the first byte has come. */
const WireLine = z.looseObject({
  status: z.string(),
  digest: z.string().nullish().catch(null),
  total: bytes.nullish().catch(null),
  completed: bytes.nullish().catch(null),
})

/** `pullModelManifest` in Ollama's `server/images.go` and what registries answer: they have nothing of this name. */
const UNKNOWN_NAME = /^pull model manifest: .*(file does not exist|not found|manifest[ _]unknown|\b404\b)/is

const isUnknownName = ({ details }: ProviderFailure): boolean =>
  typeof details['providerMessage'] === 'string' && UNKNOWN_NAME.test(details['providerMessage'])

/**
 * Loads a model onto the server with `/api/pull`. Leaving the loop closes the connection, as the signal does; the server
 * then stops, and keeps what has come for the next time.
 */
export async function* pull(
  provider: Connection,
  { model, insecure }: WantedModel,
  signal: AbortSignal
): AsyncIterable<PullLine> {
  const connection = { ...provider, model }
  const request = untilEnd(signal)
  const client = createClient(connection, request.signal, 'endless')
  try {
    for await (const piece of await client.pull({ model, stream: true, ...(insecure ? { insecure } : {}) })) {
      const line = WireLine.safeParse(piece)
      if (!line.success) throw badAnswer(connection, 'wrong_shape')
      const { status, digest, total, completed } = line.data
      const layer = digest && total ? { digest, total, completed: Math.min(completed ?? 0, total) } : null
      yield { status: connection.redact(status).slice(0, STATUS_LIMIT), layer }
    }
  } catch (error) {
    const failure = requestFailure(connection, error, signal)
    throw failure instanceof ProviderFailure && isUnknownName(failure) ? notInLibrary(connection, failure) : failure
  } finally {
    request.end()
  }
}
