import { estimateTokens } from '@main/platform/token-estimate'
import type { Db } from './database'

/** Functions of Fabula's own that its statements call. */
export function addSqlFunctions(db: Db): Db {
  db.function('estimate_tokens', { deterministic: true }, (text) => estimateTokens(String(text)))
  return db
}
