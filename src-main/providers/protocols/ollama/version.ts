import { z } from 'zod'
import { ProviderError } from '@contract/errors'
import { notOllama, requestFailure } from '@main/providers/kit/failures'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'

const Version = z.looseObject({ version: z.string().min(1) })

/** The server's version. What answers without one is not Ollama, and that is what the failure says. */
export async function version(connection: Connection, signal: AbortSignal): Promise<string> {
  try {
    const answer = Version.safeParse(await createClient(connection, signal).version())
    if (answer.success) return answer.data.version
  } catch (error) {
    const failure = requestFailure(connection, error, signal)
    if (!isFromSomethingElse(failure)) throw failure
  }
  throw notOllama(connection)
}

const isFromSomethingElse = (failure: unknown) =>
  failure instanceof ProviderFailure &&
  (failure.status === 404 || failure.status === 405 || failure.code === ProviderError.BadAnswer)
