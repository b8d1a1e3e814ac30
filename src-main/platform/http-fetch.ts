import type * as Undici from 'undici'

/** Seconds-long silences are normal while a local model reads a long prompt, so only connecting has a limit here. */
const CONNECT_TIMEOUT_MS = 10_000

let loaded: Promise<{ undici: typeof Undici; agent: Undici.Agent }> | undefined

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
  // Node's fetch is undici's: the types of the two differ in name only.
  const answer = await undici.fetch(input, { ...(init as Undici.RequestInit), dispatcher: agent })
  return answer as unknown as Response
}
