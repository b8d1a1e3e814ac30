/** Whether everything is saved, and why the last try failed; null when none did or another is under way. */
export interface SaveProgress {
  state: 'saved' | 'saving' | 'failed'
  error: unknown
}

export interface SavePorts<Change, Stored> {
  send: (change: Change) => Promise<Stored>
  /** Gets what main has stored, before the draft of it is let go. */
  onSaved: (stored: Stored) => void
  /** Milliseconds of rest before a change is sent; 300 when absent. */
  delay?: number
}

interface Entry<Change> {
  change: Change
  status: 'waiting' | 'due' | 'failed'
  timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * Saves changes as they are made: each part after a short rest, one request at a time, so that a slow answer never
 * overtakes a later edit. Of one part the last change wins, whole. What fails stays as a draft until it is tried again
 * or edited.
 */
export class SaveQueue<Change, Stored, View extends object> {
  readonly #ports: SavePorts<Change, Stored>
  readonly #partOf: (change: Change) => string
  readonly #view: (changes: readonly Change[]) => View
  readonly #entries = new Map<string, Entry<Change>>()
  readonly #listeners = new Set<() => void>()
  #sending = false
  #error: unknown = null
  #snapshot: SaveProgress & View

  /**
   * @param partOf names the part that a change replaces.
   * @param view shows what is not saved yet, to be laid over what main has.
   */
  constructor(
    ports: SavePorts<Change, Stored>,
    partOf: (change: Change) => string,
    view: (changes: readonly Change[]) => View
  ) {
    this.#ports = ports
    this.#partOf = partOf
    this.#view = view
    this.#snapshot = { state: 'saved', error: null, ...view([]) }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  snapshot = (): SaveProgress & View => this.#snapshot

  /** Keeps a change and saves it soon. */
  add(change: Change): void {
    const part = this.#partOf(change)
    clearTimeout(this.#entries.get(part)?.timer)
    const entry: Entry<Change> = { change, status: 'waiting', timer: undefined }
    entry.timer = setTimeout(() => {
      entry.status = 'due'
      void this.#pump()
    }, this.#ports.delay ?? 300)
    this.#entries.set(part, entry)
    this.#tell()
  }

  /** Saves at once what still rests; for when the window is about to close. */
  flush(): void {
    for (const entry of this.#entries.values()) {
      if (entry.status !== 'waiting') continue
      clearTimeout(entry.timer)
      entry.status = 'due'
    }
    void this.#pump()
  }

  /** Tries again what failed. */
  retry(): void {
    for (const entry of this.#entries.values()) if (entry.status === 'failed') entry.status = 'due'
    void this.#pump()
  }

  /** Lets go of everything that is not saved; for what is deleted. */
  drop(): void {
    for (const entry of this.#entries.values()) clearTimeout(entry.timer)
    this.#entries.clear()
    this.#tell()
  }

  async #pump(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    this.#error = null
    for (let next = this.#nextDue(); next; next = this.#nextDue()) {
      const [part, entry] = next
      this.#tell()
      try {
        const stored = await this.#ports.send(entry.change)
        this.#ports.onSaved(stored)
        // A change that came meanwhile has taken the place of this one and is sent in its turn.
        if (this.#entries.get(part) === entry) this.#entries.delete(part)
      } catch (error) {
        this.#error = error
        entry.status = 'failed'
      }
    }
    this.#sending = false
    this.#tell()
  }

  #nextDue(): [string, Entry<Change>] | undefined {
    return [...this.#entries].find(([, entry]) => entry.status === 'due')
  }

  #tell(): void {
    const entries = [...this.#entries.values()]
    const failed = entries.some(({ status }) => status === 'failed')
    this.#snapshot = {
      state: failed ? 'failed' : entries.length > 0 ? 'saving' : 'saved',
      error: failed ? this.#error : null,
      ...this.#view(entries.map(({ change }) => change)),
    }
    for (const listener of this.#listeners) listener()
  }
}
