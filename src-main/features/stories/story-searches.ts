import type { SearchPlace, StorySearch } from '@contract/entities/search'
import type { ParsedInput } from '@contract/routes'
import type { Stores } from '@main/data/stores'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { pause } from '@main/platform/pause'
import { inSlices } from '@main/platform/slices'
import type { Reads } from '@main/workers/reads'

/** Milliseconds from the last change until its words are taken in; a search takes them in at once. */
const SETTLE_MS = 2000
/** Milliseconds of one question to the thread. */
const TURN_MS = 250

/** The search of all stories, and what keeps it up to date. */
export interface StorySearches {
  search(input: ParsedInput<'stories.search'>): Promise<StorySearch>
  places(input: ParsedInput<'stories.searchPlaces'>): Promise<SearchPlace[]>
  /** Takes in what the search does not know yet, and from then on what changes. */
  follow(): Promise<void>
  close(): Promise<void>
}

export function createStorySearches(ports: {
  stores: Stores
  reads: Reads
  events: EventHub
  logger: Logger
  /** Whether the search was ever made; else all stories are taken in. */
  isMade: () => boolean
  canSave: boolean
}): StorySearches {
  const { stores, reads, events, logger, isMade, canSave } = ports
  const closing = new AbortController()
  const { signal } = closing
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> | null = null

  const takeInAll = async () => {
    for (;;) {
      const { waiting, doneTo } = await reads.ask('stories.takeIn', { milliseconds: TURN_MS }, signal)
      if (canSave)
        await inSlices(
          () => stores.textChanges.removePart(doneTo),
          (work) => stores.transaction(work),
          signal
        )
      if (waiting === 0) return
      await pause(1, signal)
    }
  }
  const takeIn = (): Promise<void> =>
    (working ??= takeInAll()
      .catch((error: unknown) => {
        if (!signal.aborted) logger.warn('The search could not take in the stories', { cause: String(error) })
      })
      .finally(() => {
        working = null
      }))
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void takeIn(), SETTLE_MS)
    timer.unref()
  }
  let stopFollowing = () => {}

  return {
    search: (input) => reads.ask('stories.search', input, signal),
    places: (input) => reads.ask('stories.searchPlaces', input, signal),
    follow: async () => {
      stopFollowing = events.subscribe(({ name, payload }) => {
        if (name !== 'data.changed') return
        if (payload.topics.some((topic) => topic === 'messages' || topic === 'stories')) soon()
      })
      if (stores.textChanges.any() || (!isMade() && stores.stories.count() > 0)) await takeIn()
    },
    close: async () => {
      stopFollowing()
      clearTimeout(timer)
      closing.abort(new Error('The app closes'))
      await working
    },
  }
}
