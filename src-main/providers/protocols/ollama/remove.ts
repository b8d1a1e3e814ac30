import { requestFailure } from '@main/providers/kit/failures'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'

/** Deletes a model's files on the server. */
export async function remove(provider: Connection, model: string, signal: AbortSignal): Promise<void> {
  const connection = { ...provider, model }
  try {
    await createClient(connection, signal).delete({ model })
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}
