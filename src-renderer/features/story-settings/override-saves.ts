import { FabulaError } from '@contract/errors'
import type { StorySettings } from '@contract/entities/effective'
import type { RoleId } from '@contract/ids'
import type { JsonValue } from '@contract/values'

/** What is not saved yet, by role and field path; null for not set in the story. */
export type Changes = ReadonlyMap<RoleId, ReadonlyMap<string, JsonValue>>

export interface OverrideSnapshot {
  state: 'saved' | 'saving' | 'failed'
  changes: Changes
  error: unknown
}

interface Ports {
  send: (role: RoleId, changes: Record<string, JsonValue>) => Promise<StorySettings>
  onSaved: (settings: StorySettings) => void
  /** Milliseconds that the writer's hand must rest before a change is sent. */
  delay?: number
}

/**
 * Sends the writer's changes to a story's settings, one request at a time: what is dragged is sent when the hand rests,
 * and what could not be saved is kept to be sent again. What main refuses for good is dropped: it could never be saved.
 */
export class OverrideSaves {
  readonly #ports: Required<Ports>
  readonly #waiting = new Map<RoleId, Map<string, JsonValue>>()
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | null = null
  #error: unknown = null
  #snapshot: OverrideSnapshot = { state: 'saved', changes: new Map(), error: null }

  constructor(ports: Ports) {
    this.#ports = { delay: 250, ...ports }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  snapshot = (): OverrideSnapshot => this.#snapshot

  add(role: RoleId, changes: Record<string, JsonValue>): void {
    this.#waiting.set(role, new Map([...(this.#waiting.get(role) ?? []), ...Object.entries(changes)]))
    this.#error = null
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), this.#ports.delay)
    this.#tell()
  }

  /** Sends at once what still waits; resolves when nothing does, or when it failed. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#running ??= this.#pump().finally(() => {
      this.#running = null
      this.#tell()
    })
    return this.#running
  }

  async #pump(): Promise<void> {
    this.#error = null
    for (let next = this.#waiting.entries().next(); !next.done; next = this.#waiting.entries().next()) {
      const [role, sent] = next.value
      this.#tell()
      try {
        this.#ports.onSaved(await this.#ports.send(role, Object.fromEntries(sent)))
        this.#forget(role, sent)
      } catch (error) {
        this.#error = error
        if (error instanceof FabulaError && !error.retryable) this.#forget(role, sent)
        return
      }
    }
  }

  /** Drops what was sent; what was changed again meanwhile still waits. */
  #forget(role: RoleId, sent: ReadonlyMap<string, JsonValue>): void {
    const left = [...(this.#waiting.get(role) ?? [])].filter(([path, value]) => sent.get(path) !== value)
    if (left.length === 0) this.#waiting.delete(role)
    else this.#waiting.set(role, new Map(left))
  }

  #tell(): void {
    const failed = this.#error !== null
    this.#snapshot = {
      state: failed ? 'failed' : this.#waiting.size > 0 || this.#running ? 'saving' : 'saved',
      changes: new Map(this.#waiting),
      error: this.#error,
    }
    for (const listener of this.#listeners) listener()
  }
}
