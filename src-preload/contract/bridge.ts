import type { ErrorShape } from './errors'
import type { AnyEvent } from './events'

/** The answer to every request. Nothing is thrown across the bridge. */
export type Envelope = { ok: true; data: unknown } | { ok: false; error: ErrorShape }

/** The one object through which the renderer reaches main, whichever shell it runs in. */
export interface FabulaBridge {
  request(route: string, input: unknown): Promise<Envelope>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: AnyEvent) => void): () => void
}

export const REQUEST_CHANNEL = 'fabula:request'
export const EVENT_CHANNEL = 'fabula:event'
