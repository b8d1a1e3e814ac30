import OpenAI from 'openai'
import type { JsonObject } from '@contract/values'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import type { Source } from '@main/providers/kit/failures'

/** As long as a timer can wait: how long a call may take is decided by who makes it, through its signal. */
const NO_TIMEOUT_MS = 2_147_483_647

/** It never sees a key, and takes nothing from environment variables. Retries are the router's. */
const options = {
  apiKey: 'set-by-the-connection',
  adminAPIKey: null,
  organization: null,
  project: null,
  webhookSecret: null,
  maxRetries: 0,
  timeout: NO_TIMEOUT_MS,
  logLevel: 'off',
} as const

/** The `openai` client for one call: the connection's fetch replaces the headers it makes. */
export const createClient = (connection: Source, signal: AbortSignal): OpenAI =>
  new OpenAI({ ...options, baseURL: connection.baseUrl, fetch: checkedFetch(connection, signal) })

/** What a request of a kept client goes out with. */
interface OwnFetch {
  /** Redirects are followed by the connection. */
  redirect?: RequestInit['redirect']
  ownFetch?: typeof globalThis.fetch
}

const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' }

/** A client for the calls of all connections to an address: it has no way out of its own, each request brings it along. */
class KeptClient extends OpenAI {
  constructor(baseURL: string) {
    super({ ...options, baseURL, fetch: () => Promise.reject(new TypeError('A request came without its way out')) })
  }

  /** The headers that the client makes would be thrown away: the connection brings those that go out. */
  override buildRequest({
    method,
    path,
    body,
    signal,
    fetchOptions,
  }: Parameters<OpenAI['buildRequest']>[0]): ReturnType<OpenAI['buildRequest']> {
    const headers = new Headers(JSON_HEADERS)
    const req = { method, headers, body: JSON.stringify(body), ...(signal ? { signal } : {}), ...fetchOptions }
    return Promise.resolve({ req, url: `${this.baseURL}${path}`, timeout: NO_TIMEOUT_MS })
  }

  override fetchWithTimeout(...[url, init, ms, controller]: Parameters<OpenAI['fetchWithTimeout']>): Promise<Response> {
    const { ownFetch, method = 'get', ...request }: RequestInit & OwnFetch = init ?? {}
    if (!ownFetch) return super.fetchWithTimeout(url, init, ms, controller)
    return ownFetch(url, { ...request, method: method.toUpperCase() })
  }
}

/** Addresses whose client is kept: more than anybody has. */
const MOST_KEPT = 100

const kept = new Map<string, KeptClient>()

/** Making a client takes as long as the rest of what it does for a call. */
function clientAt(baseUrl: string): KeptClient {
  const known = kept.get(baseUrl)
  if (known) return known
  if (kept.size >= MOST_KEPT) kept.clear()
  const client = new KeptClient(baseUrl)
  kept.set(baseUrl, client)
  return client
}

/**
 * Asks for an answer that streams.
 *
 * @param path from the connection's address on
 */
export function postForStream(
  connection: Source,
  path: string,
  body: JsonObject,
  signal: AbortSignal
): Promise<Response> {
  const fetchOptions: OwnFetch = { redirect: 'manual', ownFetch: checkedFetch(connection, signal) }
  return clientAt(connection.baseUrl).post(path, { body, signal, stream: true, fetchOptions }).asResponse()
}
