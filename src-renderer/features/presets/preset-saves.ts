import type { PresetPatch, Preset, PresetRole } from '@contract/entities/preset'
import type { RoleId } from '@contract/ids'

/** One thing to save. The value is whole: the last one wins, and nothing is merged by guessing. */
export type Change = { part: 'role'; role: RoleId; value: PresetRole } | { part: 'patch'; patch: PresetPatch }

export interface SavesSnapshot {
  state: 'saved' | 'saving' | 'failed'
  /** What was typed and is not saved yet; laid over what main has. */
  roles: ReadonlyMap<RoleId, PresetRole>
  patch: PresetPatch
  /** Why the last try failed; null when none did or another is under way. */
  error: unknown
}

interface Ports {
  send: (change: Change) => Promise<Preset>
  /** Gets what main has stored, before the draft of it is let go. */
  onSaved: (preset: Preset) => void
  /** Milliseconds of rest before a change is sent. */
  delay?: number
}

interface Entry {
  change: Change
  status: 'waiting' | 'due' | 'failed'
  timer: ReturnType<typeof setTimeout> | undefined
}

const keyOf = (change: Change): string => (change.part === 'role' ? `role/${change.role}` : 'patch')

/**
 * Saves one preset's changes: each part after a short rest, one request at a time, so that a slow answer never
 * overtakes a later edit. What fails stays as a draft until it is tried again or edited.
 */
export class PresetSaves {
  readonly #ports: Required<Ports>
  readonly #entries = new Map<string, Entry>()
  readonly #listeners = new Set<() => void>()
  #sending = false
  #error: unknown = null
  #snapshot: SavesSnapshot = { state: 'saved', roles: new Map(), patch: {}, error: null }

  constructor(ports: Ports) {
    this.#ports = { delay: 300, ...ports }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  snapshot = (): SavesSnapshot => this.#snapshot

  /** Keeps a change and saves it soon. */
  add(change: Change): void {
    const key = keyOf(change)
    const before = this.#entries.get(key)
    clearTimeout(before?.timer)
    const entry: Entry = { change, status: 'waiting', timer: undefined }
    entry.timer = setTimeout(() => {
      entry.status = 'due'
      void this.#pump()
    }, this.#ports.delay)
    this.#entries.set(key, entry)
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

  async #pump(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    this.#error = null
    for (let next = this.#nextDue(); next; next = this.#nextDue()) {
      const [key, entry] = next
      this.#tell()
      try {
        const preset = await this.#ports.send(entry.change)
        this.#ports.onSaved(preset)
        // A change that came meanwhile has taken the place of this one and is sent in its turn.
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
      } catch (error) {
        this.#error = error
        entry.status = 'failed'
      }
    }
    this.#sending = false
    this.#tell()
  }

  #nextDue(): [string, Entry] | undefined {
    return [...this.#entries].find(([, entry]) => entry.status === 'due')
  }

  #tell(): void {
    const entries = [...this.#entries.values()]
    const failed = entries.some(({ status }) => status === 'failed')
    const roles = new Map<RoleId, PresetRole>()
    let patch: PresetPatch = {}
    for (const { change } of entries) {
      if (change.part === 'role') roles.set(change.role, change.value)
      else patch = change.patch
    }
    this.#snapshot = {
      state: failed ? 'failed' : entries.length > 0 ? 'saving' : 'saved',
      roles,
      patch,
      error: failed ? this.#error : null,
    }
    for (const listener of this.#listeners) listener()
  }
}
