import { CommonError, FabulaError, PresetError } from '@contract/errors'

/** How far the saves are, and why the last try failed; null when it did not, or when another one is under way. */
export interface SaveProgress {
  state: 'saved' | 'saving' | 'failed'
  error: unknown
}

export interface SaveSnapshot<Change> extends SaveProgress {
  /** What main does not have yet, oldest first: laid over what main has, it is what the writer sees. */
  unsaved: readonly Change[]
}

export interface SavePorts<Change> {
  /** Sends a change to main, and puts what main has stored where it is read. Only then the draft of it is let go. */
  save: (change: Change) => Promise<unknown>
  /** Names the part that a change is about. Parts are saved one by one, and one that fails does not stop the others. */
  partOf: (change: Change) => string
  /** Makes one change of two of the same part. Without it the later one takes the place of the earlier one. */
  merge?: (earlier: Change, later: Change) => Change
  /** Whether to keep what main refuses for good, because the writer wrote it. Other such changes are let go. */
  keepsRefused?: (change: Change) => boolean
}

interface Entry<Change> {
  /** On its way to main. */
  sent: Change | null
  /** Made since, or not saved by the last try. */
  waiting: Change | null
  status: 'resting' | 'due' | 'failed'
  error: unknown
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Milliseconds that the writer's hand must rest before a change is sent. */
export const SAVE_DELAY = 250
/** Milliseconds until what failed is sent again by itself. */
export const TRY_AGAIN = 5000

/** Refusals of the change itself: sent again, it would be refused again. */
const refusals: ReadonlySet<string> = new Set([
  CommonError.BadInput,
  CommonError.NotFound,
  CommonError.TextBroken,
  CommonError.TooDeep,
  CommonError.ReferenceBroken,
  CommonError.NameTaken,
  PresetError.RoleUnknown,
  PresetError.InvalidSetting,
  PresetError.SettingIsKey,
])

const isRefusal = (error: unknown): boolean => error instanceof FabulaError && refusals.has(error.code)

/**
 * Saves changes as they are made: each part after a short rest, one request at a time, so that a slow answer never
 * overtakes a later edit. What fails stays, and is sent again by itself, by `flush`, or with the next change of its part.
 */
export class SaveQueue<Change> {
  readonly #ports: SavePorts<Change>
  readonly #entries = new Map<string, Entry<Change>>()
  readonly #listeners = new Set<() => void>()
  #running: Promise<void> | null = null
  /** Why a change was let go. Shown until the writer does something else. */
  #refusal: unknown = null
  #snapshot: SaveSnapshot<Change> = { state: 'saved', error: null, unsaved: [] }

  constructor(ports: SavePorts<Change>) {
    this.#ports = ports
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  snapshot = (): SaveSnapshot<Change> => this.#snapshot

  /** Keeps a change and saves it soon. */
  add(change: Change): void {
    const part = this.#ports.partOf(change)
    const entry = this.#entries.get(part) ?? {
      sent: null,
      waiting: null,
      status: 'resting',
      error: null,
      timer: undefined,
    }
    this.#entries.set(part, entry)
    entry.waiting = entry.waiting === null ? change : this.#merged(entry.waiting, change)
    entry.status = 'resting'
    entry.error = null
    this.#refusal = null
    this.#sendAfter(entry, SAVE_DELAY)
    this.#tell()
  }

  /** Saves at once what rests and what failed; resolves when nothing is under way, saved or not. Never rejects. */
  flush(): Promise<void> {
    for (const entry of this.#entries.values()) {
      if (entry.waiting === null) continue
      clearTimeout(entry.timer)
      entry.status = 'due'
      entry.error = null
    }
    this.#refusal = null
    this.#tell()
    return this.#run()
  }

  /** Lets go of everything that is not saved; for what is deleted. */
  drop(): void {
    for (const entry of this.#entries.values()) clearTimeout(entry.timer)
    this.#entries.clear()
    this.#refusal = null
    this.#tell()
  }

  #merged(earlier: Change, later: Change): Change {
    return this.#ports.merge ? this.#ports.merge(earlier, later) : later
  }

  #sendAfter(entry: Entry<Change>, delay: number): void {
    clearTimeout(entry.timer)
    entry.timer = setTimeout(() => {
      entry.status = 'due'
      void this.#run()
    }, delay)
  }

  #run(): Promise<void> {
    if (this.#running) return this.#running
    if (!this.#nextDue()) return Promise.resolve()
    this.#running = this.#sendAll().finally(() => {
      this.#running = null
      // One that became due in the very moment in which the last one ended.
      return this.#run()
    })
    return this.#running
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#nextDue(); next; next = this.#nextDue()) await this.#send(...next)
  }

  async #send(entry: Entry<Change>, change: Change): Promise<void> {
    const part = this.#ports.partOf(change)
    // What was deleted meanwhile is dropped, and how its save ended says nothing any more.
    const isKept = () => this.#entries.get(part) === entry
    entry.sent = change
    entry.waiting = null
    entry.status = 'resting'
    try {
      await this.#ports.save(change)
      entry.sent = null
      entry.error = null
    } catch (error) {
      entry.sent = null
      if (isKept()) this.#keepOrLetGo(entry, change, error)
    }
    if (entry.waiting === null && isKept()) this.#entries.delete(part)
    this.#tell()
  }

  #keepOrLetGo(entry: Entry<Change>, change: Change, error: unknown): void {
    const refused = isRefusal(error)
    if (refused && !this.#ports.keepsRefused?.(change)) {
      this.#refusal = error
      return
    }
    // What came meanwhile is about to be sent, with this in it.
    if (entry.waiting !== null) {
      entry.waiting = this.#merged(change, entry.waiting)
      return
    }
    entry.waiting = change
    entry.status = 'failed'
    entry.error = error
    if (!refused) this.#sendAfter(entry, TRY_AGAIN)
  }

  #nextDue(): [Entry<Change>, Change] | undefined {
    for (const entry of this.#entries.values())
      if (entry.status === 'due' && entry.waiting !== null) return [entry, entry.waiting]
    return undefined
  }

  #tell(): void {
    const entries = [...this.#entries.values()]
    const error = this.#refusal ?? entries.find((entry) => entry.error !== null)?.error ?? null
    this.#snapshot = {
      state: error !== null ? 'failed' : entries.length > 0 ? 'saving' : 'saved',
      error,
      unsaved: entries.flatMap(({ sent, waiting }) => [sent, waiting].filter((change) => change !== null)),
    }
    for (const listener of this.#listeners) listener()
  }
}
