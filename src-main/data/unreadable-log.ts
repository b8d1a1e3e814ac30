import type { Logger } from '@main/platform/logger'
import { onUnreadable } from './json-column'

/** Characters of one value in the log. */
const LONGEST = 2000
/** Values noted in one session; the same one only once, however often it is read. */
const MOST = 100

/**
 * Notes in the log what a database holds that cannot be read, as it stands there: writing the row again puts something
 * else in its place. Returns the function that ends it.
 */
export function logUnreadable(logger: Logger): () => void {
  const noted = new Set<string>()
  return onUnreadable(({ text, cause }) => {
    if (noted.has(text) || noted.size >= MOST) return
    noted.add(text)
    logger.warn('A stored value cannot be read; its row does without', {
      value: text.slice(0, LONGEST),
      cause: String(cause),
    })
  })
}
