import type { TokenCheck } from '@contract/entities/token'
import { requestFailure } from '@main/providers/kit/failures'
import type { Connection } from '@main/providers/spec/protocol'
import { createClient } from './client'
import { listModels } from './list-models'

/** Asks what the definition names, or for the list of models, which a wrong key does not get. */
export async function checkKey(connection: Connection, signal: AbortSignal): Promise<Omit<TokenCheck, 'latencyMs'>> {
  const { keyCheck } = connection.definition
  if (!keyCheck) return { models: await countModels(connection, signal), creditLeft: null }
  try {
    const answer = await createClient(connection, signal).get<unknown>(keyCheck.path, { signal })
    return { models: null, creditLeft: keyCheck.creditField ? numberAt(answer, keyCheck.creditField) : null }
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

async function countModels(connection: Connection, signal: AbortSignal): Promise<number> {
  let count = 0
  for await (const page of listModels(connection, signal)) count += page.length
  return count
}

/** The number at a path of names; null when something else is there, as for a key without a limit. */
function numberAt(answer: unknown, path: string): number | null {
  const value = path.split('.').reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return null
    return Object.entries(inner).find(([name]) => name === key)?.[1]
  }, answer)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
