import type { Update } from '@contract/entities/update'
import { FabulaError, UpdateError } from '@contract/errors'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { PreferenceStore } from '@main/platform/preferences'
import { notesText } from './notes-text'

/** A version that is newer than this one. */
export interface NewerVersion {
  version: string
  /** Markdown or HTML, as the release has it. */
  notes: string
}

/** What the shell can do about newer versions. All but `isOnline` may ask the network, and reject with an `UpdateError`. */
export interface Updater {
  can: Update['can']
  isOnline(): boolean
  /** The newest version, or null when this is it. */
  check(): Promise<NewerVersion | null>
  /** Downloads and checks what was found. @param onProgress gets parts of 1 */
  download(onProgress: (part: number) => void): Promise<void>
  /** Ends the app and starts the newer one. */
  install(): Promise<void>
}

/** Newer versions: found, and downloaded and installed when the user says so. */
export interface Updates {
  get(): Update
  check(): Promise<Update>
  download(): Update
  install(): Update
  later(): Update
  /** Looks from now on, once a day and for the first time soon. */
  start(): void
  stop(): void
}

const FIRST_LOOK_MS = 15_000
const DAY_MS = 24 * 3_600_000
/** How often the clock is looked at: a timer of a day would lose the time that a computer sleeps. */
const LOOK_MS = 30 * 60_000
/** Steps of the download that are told, in parts of 1. */
const STEP = 0.02

export function createUpdates(ports: {
  updater: Updater
  preferences: PreferenceStore
  events: EventHub
  clock: Clock
  logger: Logger
  toUserError: (error: unknown) => FabulaError
  /** Whether something is being written that would be cut off. */
  isWriting: () => boolean
}): Updates {
  const { updater, preferences, events, clock, logger, isWriting } = ports
  let update: Update = {
    can: updater.can,
    state: 'none',
    version: null,
    notes: '',
    progress: 0,
    later: false,
    checkedAt: null,
    problem: null,
  }
  let timer: NodeJS.Timeout | undefined
  let stopWaiting = () => {}

  const set = (change: Partial<Update>): Update => {
    update = { ...update, ...change }
    events.changed('updates')
    return update
  }
  const fail = (state: Update['state'], error: unknown) => {
    logger.warn('An update did not come', { state, cause: String(error) })
    const known = error instanceof FabulaError ? error : new FabulaError(UpdateError.Failed, String(error))
    return set({ state, problem: ports.toUserError(known).toShape() })
  }
  const mayAsk = () => update.can === 'yes' && preferences.get().checkUpdates

  const check = async (): Promise<Update> => {
    if (!mayAsk() || (update.state !== 'none' && update.state !== 'found')) return update
    if (!updater.isOnline()) return fail(update.state, new FabulaError(UpdateError.Unreachable, 'There is no network'))
    const before = update
    set({ state: 'checking', problem: null })
    try {
      const newer = await updater.check()
      const known = { checkedAt: timestamp(clock), progress: 0 }
      if (!newer) return set({ ...known, state: 'none', version: null, notes: '' })
      const later = before.later && before.version === newer.version
      return set({ ...known, state: 'found', version: newer.version, notes: notesText(newer.notes), later })
    } catch (error) {
      return fail(before.state, error)
    }
  }

  const fetchIt = async () => {
    try {
      await updater.download((part) => {
        if (part - update.progress >= STEP) set({ progress: Math.min(1, part) })
      })
      set({ state: 'ready', progress: 1, later: false })
    } catch (error) {
      fail('found', error)
    }
  }

  const installIt = () => {
    updater.install().catch((error: unknown) => fail('ready', error))
  }

  const look = () => {
    const last = update.checkedAt === null ? 0 : Date.parse(update.checkedAt)
    if (mayAsk() && updater.isOnline() && Math.abs(clock.now() - last) >= DAY_MS) void check()
  }

  return {
    get: () => update,
    check,
    download: () => {
      if (update.state !== 'found' || !mayAsk()) return update
      set({ state: 'downloading', progress: 0, problem: null })
      void fetchIt()
      return update
    },
    install: () => {
      if (update.state !== 'ready') return update
      if (!isWriting()) {
        installIt()
        return update
      }
      const tryAgain = () => {
        if (update.state !== 'waiting' || isWriting()) return
        stopWaiting()
        set({ state: 'ready' })
        installIt()
      }
      stopWaiting = events.subscribe(({ name }) => {
        // Others hear of the end in the same moment, and may have something to put away.
        if (name === 'turn.ended' || name === 'generation.ended') setImmediate(tryAgain)
      })
      return set({ state: 'waiting' })
    },
    later: () => {
      stopWaiting()
      return set({ later: true, ...(update.state === 'waiting' ? { state: 'ready' } : {}) })
    },
    start: () => {
      if (update.can !== 'yes') return
      clearTimeout(timer)
      timer = setTimeout(() => {
        look()
        timer = setInterval(look, LOOK_MS).unref()
      }, FIRST_LOOK_MS).unref()
    },
    stop: () => {
      stopWaiting()
      clearTimeout(timer)
    },
  }
}
