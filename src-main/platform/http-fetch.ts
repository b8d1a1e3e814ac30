import type { Agent } from 'undici'

/** Seconds-long silences are normal while a local model reads a long prompt, so only connecting has a limit here. */
const CONNECT_TIMEOUT_MS = 10_000

type Undici = typeof import('undici')

let loaded: Promise<{ undici: Undici; agent: Agent }> | undefined

/** Loaded at the first request, so that starting the app does not wait for it. */
const load = () =>
  (loaded ??= import('undici').then((undici) => ({
    undici,
    agent: new undici.Agent({ connectTimeout: CONNECT_TIMEOUT_MS, headersTimeout: 0, bodyTimeout: 0 }),
  })))

/**
 * `fetch` without the five-minute limits of Node's own: a model may think for longer than that before the first byte and
 * between two. How long a call may take is its caller's to say, by the signal.
 */
export const httpFetch: typeof globalThis.fetch = async (input, init) => {
  const { undici, agent } = await load()
  if (input instanceof Request) throw new TypeError('httpFetch takes an address and its options, not a Request')
  const answer = await undici.fetch(input, { ...(init as import('undici').RequestInit), dispatcher: agent })
  return answer as unknown as Response
}
