import type { Query, QueryClient, QueryKey } from '@tanstack/react-query'
import { isRouteName } from '@contract/routes'
import { bridge } from './bridge'
import { joined, narrowingOf, staleness, withRows, type Stale } from './staleness'

/**
 * What is shown of a change is asked for again in parts, one for each frame: a turn of a story changes a dozen answers, and
 * to send and draw them all in one frame holds up what is typed and what streams in. The first part goes at once, the last
 * within a tenth of a second.
 */
const FRAME_MS = 16
const LEAST_OF_A_FRAME = 3
const SHARE_OF_A_FRAME = 1 / 4

/** Asks again for what main says has changed, and for no more. Returns the function that ends it. */
export function followChanges(client: QueryClient): () => void {
  /** What is to be asked for again, in order, by the hash of the query. */
  const waiting = new Map<string, { query: Query; stale: Stale }>()
  /** What is being asked for. Its next change waits, so that an older answer never comes after a newer one. */
  const asked = new Set<string>()
  let frame: ReturnType<typeof setTimeout> | undefined

  const askNext = () => {
    const ready = [...waiting].filter(([hash]) => !asked.has(hash))
    const now = Math.max(LEAST_OF_A_FRAME, Math.ceil(ready.length * SHARE_OF_A_FRAME))
    for (const [hash, { query, stale }] of ready.slice(0, now)) {
      waiting.delete(hash)
      asked.add(hash)
      void askAgain(client, query, stale).finally(() => {
        asked.delete(hash)
        if (waiting.has(hash)) askSoon()
      })
    }
    frame = setTimeout(() => {
      frame = undefined
      if ([...waiting.keys()].some((hash) => !asked.has(hash))) askNext()
    }, FRAME_MS)
  }
  /** At once, or in the next frame where something was asked in this one. */
  const askSoon = () => {
    if (frame === undefined) askNext()
  }

  const end = bridge().subscribe((event) => {
    if (event.name === 'storage.reopened') void client.invalidateQueries()
    if (event.name !== 'data.changed') return
    for (const query of client.getQueryCache().getAll()) {
      const stale = staleness(query.queryKey, event.payload)
      if (stale === null) continue
      // Whoever comes to it before it is asked for again asks by themselves.
      if (stale === 'all' || !query.isActive()) query.invalidate()
      // An answer that is on its way may be from before the change: it is given up for another.
      if (isReplaceable(query)) void askAgain(client, query, 'all')
      else if (query.isActive() || query.state.fetchStatus === 'fetching') {
        const before = waiting.get(query.queryHash)
        waiting.set(query.queryHash, { query, stale: before ? joined(before.stale, stale) : stale })
      }
    }
    askSoon()
  })
  return () => {
    end()
    clearTimeout(frame)
  }
}

/** Whether another answer is on its way to something that is shown: that one can be given up. */
const isReplaceable = (query: Query): boolean =>
  query.isActive() && query.state.fetchStatus === 'fetching' && query.state.data !== undefined

async function askAgain(client: QueryClient, query: Query, stale: Stale): Promise<void> {
  const nothing = () => {}
  if (query.state.fetchStatus === 'fetching' && !isReplaceable(query)) {
    // It counts as fresh when it comes, and may be from before the change.
    await query.promise?.then(nothing, nothing)
  } else if (stale !== 'all' && query.state.data !== undefined && !query.state.isInvalidated) {
    if (await readRows(client, query.queryKey, stale).catch(() => false)) return
  }
  await client.invalidateQueries({ queryKey: query.queryKey, exact: true })
}

/** Whether the rows of a list could be read anew by themselves. */
async function readRows(client: QueryClient, queryKey: QueryKey, ids: ReadonlySet<string>): Promise<boolean> {
  const [name, input] = queryKey
  const rows = typeof name === 'string' && isRouteName(name) ? narrowingOf(name).rows : undefined
  if (!rows) return false
  const answer = await bridge().request(String(name), Object.assign({}, input, { ids: [...ids] }))
  const list = client.getQueryData(queryKey)
  const anew = answer.ok && list !== undefined ? withRows(list, ids, answer.data, rows.order) : null
  if (anew === null) return false
  client.setQueryData(queryKey, anew)
  return true
}
