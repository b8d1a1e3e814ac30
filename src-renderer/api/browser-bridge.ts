import type { Envelope, FabulaBridge } from '@contract/bridge'
import type { ErrorCode } from '@contract/errors'
import { events, type AnyEvent } from '@contract/events'
import { topics } from '@contract/route'

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 8000
/** Bytes of requests that outlive the page; browsers allow 64 KiB of them at a time, and refuse what is over. */
const KEPT_ALIVE = 60_000

/**
 * The session token, which the browser shell wrote into the page for whoever came with the address it printed or with
 * the cookie that followed. The one in the address is taken out of it, to stay out of the history and of screenshots.
 */
export function takeToken(): string {
  const url = new URL(window.location.href)
  if (url.searchParams.has('token')) {
    url.searchParams.delete('token')
    window.history.replaceState(window.history.state, '', url)
  }
  return document.querySelector<HTMLMetaElement>('meta[name="fabula-token"]')?.content ?? ''
}

export interface BrowserBridgeOptions {
  token: string
  /** Told whenever the server goes away (false) and comes back (true). */
  onConnection: (connected: boolean) => void
  /** Where the server is; the page's own origin when absent. */
  origin?: string
}

const failed = (code: ErrorCode, message: string, retryable: boolean): Envelope => ({
  ok: false,
  error: { code, message, details: {}, retryable },
})

const isEnvelope = (value: unknown): value is Envelope =>
  typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean'

function isEvent(value: unknown): value is AnyEvent {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('payload' in value)) return false
  const { name, payload } = value
  const known = Object.entries(events).find(([known]) => known === name)
  return known !== undefined && known[1].safeParse(payload).success
}

function parse(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** The bridge to the browser shell: requests over HTTP, events over a WebSocket that reconnects by itself. */
export function createBrowserBridge({
  token,
  onConnection,
  origin = window.location.origin,
}: BrowserBridgeOptions): FabulaBridge {
  const listeners = new Set<(event: AnyEvent) => void>()
  const emit = (event: AnyEvent) => {
    for (const listener of listeners) listener(event)
  }
  let keptAlive = 0
  /** Whether something was asked at a time when its change would not have been heard. */
  let missed = false
  let connected = false
  let retryMs = FIRST_RETRY_MS

  const connect = () => {
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/events`, ['fabula', token])
    socket.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS
      onConnection(true)
      connected = true
      if (missed) emit({ name: 'data.changed', payload: { topics: [...topics], only: {} } })
      missed = false
    })
    socket.addEventListener('message', ({ data }) => {
      const event = parse(data)
      if (isEvent(event)) emit(event)
    })
    socket.addEventListener('close', () => {
      connected = false
      missed = true
      onConnection(false)
      setTimeout(connect, retryMs)
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    })
  }
  connect()

  return {
    async request(route, input) {
      if (!connected) missed = true
      const body = JSON.stringify(input)
      const size = new TextEncoder().encode(body).byteLength
      // The last save of a page that closes must arrive.
      const keepalive = keptAlive + size <= KEPT_ALIVE
      if (keepalive) keptAlive += size
      try {
        const response = await fetch(`${origin}/rpc/${route}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body,
          keepalive,
        })
        if (response.status === 401 || response.status === 403) {
          return failed('forbidden', `The server answered ${response.status}`, false)
        }
        const answer = parse(await response.text())
        return isEnvelope(answer) ? answer : failed('internal', `The server answered ${response.status}`, false)
      } catch (error) {
        return failed('disconnected', error instanceof Error ? error.message : String(error), true)
      } finally {
        if (keepalive) keptAlive -= size
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
