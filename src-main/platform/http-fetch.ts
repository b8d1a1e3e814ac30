import type * as Undici from 'undici'
import type { ProxyFor } from './proxies'
import { requestByText, type TextRequest } from './text-request'

/** How long reaching a server may take when nothing else is said. */
const CONNECT_TIMEOUT_MS = 10_000

/** Gives a `fetch` with a limit for reaching the server, in milliseconds. */
export type FetchWithin = (connectMs?: number) => typeof globalThis.fetch

/** Loaded at the first request, so that starting the app does not wait for it. */
let loaded: Promise<typeof Undici> | undefined
const load = () => (loaded ??= import('undici'))

/** Node's own limits of five minutes are off: a model may think for longer before the first byte and between two. */
const NO_LIMITS = { headersTimeout: 0, bodyTimeout: 0 }

function createAgent(undici: typeof Undici, connectMs: number, proxy: string | null): Undici.Dispatcher {
  const connect = { timeout: connectMs }
  return proxy === null
    ? new undici.Agent({ connect, ...NO_LIMITS })
    : // Not every proxy lets plain HTTP through a tunnel: it is asked for the address instead.
      new undici.ProxyAgent({ uri: proxy, proxyTunnel: false, proxyTls: connect, requestTls: connect, ...NO_LIMITS })
}

/**
 * Makes the `fetch` that all requests to servers use. It goes through the proxy that there is for an address, and leaves it
 * to its caller to say by the signal how long a call may take. Connections are kept and used again by all calls with the
 * same limit and proxy.
 */
export function createFetchWithin(proxyFor: ProxyFor): FetchWithin {
  const agents = new Map<string, Undici.Dispatcher>()
  return (connectMs = CONNECT_TIMEOUT_MS) =>
    async (input, init) => {
      if (input instanceof Request) throw new TypeError('This fetch takes an address and its options, not a Request')
      const undici = await load()
      const proxy = await proxyFor(String(input))
      const key = `${connectMs} ${proxy ?? ''}`
      const dispatcher = agents.get(key) ?? createAgent(undici, connectMs, proxy)
      agents.set(key, dispatcher)
      const answer = isOfText(init)
        ? requestByText(new URL(input), init, dispatcher)
        : // Node's fetch is undici's: the types of the two differ in name only.
          undici.fetch(input, { ...(init as Undici.RequestInit), dispatcher })
      if (proxy === null) return answer
      return answer.catch((error: unknown) => {
        throw init?.signal?.aborted ? error : refusalOf(error, proxy)
      })
    }
}

/** As most requests to models are. Where redirects are to be followed, fetch does it. */
const isOfText = (init: RequestInit | undefined): init is TextRequest =>
  typeof init?.body === 'string' &&
  init.method === 'POST' &&
  init.headers !== undefined &&
  !Array.isArray(init.headers) &&
  !(init.headers instanceof Headers) &&
  init.redirect === 'manual'

/** What undici says of a proxy that wants a password, refuses to connect, or has a certificate for another name. */
const PROXY_REFUSALS = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_ABORTED', 'UND_ERR_PRX_TLS'])

const isRefusal = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && PROXY_REFUSALS.has(String(error.code))) || isRefusal(error.cause))

/** The error to tell the caller: where the proxy itself refused, one with the code `PROXY_REFUSED` that names its host. */
function refusalOf(error: unknown, proxy: string): unknown {
  if (!isRefusal(error)) return error
  const refusal = new Error(`The proxy ${new URL(proxy).host} refused the request`, { cause: error })
  return Object.assign(refusal, { code: 'PROXY_REFUSED' })
}
