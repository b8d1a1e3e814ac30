import type * as Undici from 'undici'

/** How long reaching a server may take when nothing else is said. */
const CONNECT_TIMEOUT_MS = 10_000

let loaded: Promise<typeof Undici> | undefined
const agents = new Map<number, Undici.Agent>()

/** Loaded at the first request, so that starting the app does not wait for it. */
const load = () => (loaded ??= import('undici'))

/** Connections are kept and used again by all calls with the same limit. */
function agentFor(undici: typeof Undici, connectTimeout: number): Undici.Agent {
  const known = agents.get(connectTimeout)
  if (known) return known
  const agent = new undici.Agent({ connectTimeout, headersTimeout: 0, bodyTimeout: 0 })
  agents.set(connectTimeout, agent)
  return agent
}

/**
 * `fetch` with a limit for reaching the server, and without the five-minute limits of Node's own: a model may think for
 * longer than that before the first byte and between two. How long a call may take is its caller's to say, by the signal.
 *
 * @param connectMs milliseconds
 */
export const fetchConnectingWithin =
  (connectMs = CONNECT_TIMEOUT_MS): typeof globalThis.fetch =>
  async (input, init) => {
    if (input instanceof Request) throw new TypeError('This fetch takes an address and its options, not a Request')
    const undici = await load()
    const dispatcher = agentFor(undici, connectMs)
    // Node's fetch is undici's: the types of the two differ in name only.
    const answer = await undici.fetch(input, { ...(init as Undici.RequestInit), dispatcher })
    return answer
  }
