import type { Preferences } from '@contract/entities/preferences'
import type { StoryId } from '@contract/ids'
import type { RouteOutput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { inSlices } from '@main/platform/slices'

/** Once no turn has ended for so long, what the last ones left is packed, and what is too old goes. */
const QUIET_MS = 5000
const MEGABYTE = 1_000_000

/** Keeps what turns sent and got within the limits that the user set. */
export interface TurnKeeping {
  used(): RouteOutput<'turns.room'>
  /** Packs what is not packed yet and removes what is beyond the limits, a little at a time. */
  tidy(): Promise<void>
  /** Removes all of it, but for turns that run. */
  clear(): Promise<void>
  /** Looks at it whenever turns have ended or the limits have changed. */
  follow(): void
  close(): Promise<void>
}

export function createTurnKeeping(ports: {
  stores: Stores
  events: EventHub
  logger: Logger
  limits: () => Pick<Preferences, 'turnsKept' | 'turnMegabytes'>
}): TurnKeeping {
  const { stores, events, logger, limits } = ports
  const room = stores.turnRoom
  const closing = new AbortController()
  /** One after the other. */
  let working: Promise<void> = Promise.resolve()

  const slowly = (step: () => boolean) => inSlices(step, stores.transaction, closing.signal)

  /** Removes turns as long as `some` finds any, then the messages that only those had sent. */
  const remove = async (some: () => readonly StoryId[]): Promise<void> => {
    const stories = new Set<StoryId>()
    await slowly(() => {
      const removed = some()
      for (const id of removed) stories.add(id)
      return removed.length > 0
    })
    for (const id of stories) {
      let seq: number | null = 0
      // One story after the other.
      await slowly(() => {
        seq = room.removeUnnamed(id, seq ?? 0)
        return seq !== null
      })
    }
    if (stories.size > 0) events.changed({ topic: 'turns', ids: [...stories] })
  }
  /** Removes the oldest until all take no more than that. Turns share what they sent, so it is measured after each part. */
  const shrinkTo = async (most: number): Promise<void> => {
    let { turns, bytes } = room.used()
    while (bytes > most && turns > 0) {
      const keep = Math.floor(turns * Math.min(0.95, Math.max(0.5, most / bytes)))
      await remove(() => room.removeOldest(keep))
      turns = keep
      bytes = room.used().bytes
    }
  }

  const afterOthers = (work: () => Promise<void>): Promise<void> => {
    const done = working.then(work)
    working = done.catch(() => undefined)
    return done
  }
  const tidy = () =>
    afterOthers(async () => {
      const { turnsKept, turnMegabytes } = limits()
      await remove(() => room.removeOldest(turnsKept))
      await slowly(room.packSome)
      await shrinkTo(turnMegabytes * MEGABYTE)
    })

  let timer: NodeJS.Timeout | undefined
  const tidySoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      tidy().catch((error: unknown) => {
        if (!closing.signal.aborted) logger.warn('What turns sent could not be tidied', { cause: String(error) })
      })
    }, QUIET_MS)
    timer.unref()
  }
  let stopFollowing = () => {}
  return {
    used: room.used,
    tidy,
    clear: () => afterOthers(() => remove(room.emptySome)),
    follow: () => {
      stopFollowing = events.subscribe(({ name, payload }) => {
        if (name === 'turn.ended' || (name === 'data.changed' && payload.topics.includes('preferences'))) tidySoon()
      })
      tidySoon()
    },
    close: async () => {
      stopFollowing()
      clearTimeout(timer)
      closing.abort()
      await working
    },
  }
}
