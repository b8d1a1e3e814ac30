import thread from './database-check-thread.ts?modulePath'
import { runOnce } from './run-once'

/**
 * Looks through every page of a database in a thread of its own, so that neither the start nor a request waits for it.
 * Resolves with what SQLite says of the first damage, or null when there is none.
 */
export async function checkDatabase(file: string, signal: AbortSignal): Promise<string | null> {
  const damage = await runOnce(thread, file, signal)
  return typeof damage === 'string' ? damage : null
}
