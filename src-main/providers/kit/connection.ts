import type { z } from 'zod'
import { isLoopback } from '@contract/addresses'
import type { AuthScheme, ExtraHeaders } from '@contract/entities/provider'
import type { JsonObject } from '@contract/values'
import type { Redactor } from '@main/platform/redact'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import type { Connection } from '@main/providers/spec/protocol'
import { redirectFailure } from './failures'
import { settingHeaders } from './setting-headers'

/**
 * The request headers that a client library may set itself. The rest of what they send (their version, the operating
 * system, headers taken from environment variables) is nobody's business and stays here.
 */
const CLIENT_HEADERS = ['accept', 'content-type']
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_REDIRECTS = 5

export interface ConnectionInput {
  definition: ProviderDefinition
  /** Empty for a provider that is not called over the network. */
  baseUrl: string
  /** Asked at every request; null when there is no key. */
  secret: () => string | null
  /** The user's own headers, over those of the definition. */
  headers: z.infer<typeof ExtraHeaders>
  extraBody: JsonObject
  /** The provider settings of the call; none unless given. */
  settings?: JsonObject
  fetch: typeof globalThis.fetch
  redactor: Redactor
}

/**
 * Opens a way to a provider. The key stays inside: its `fetch` adds it to requests to the base URL's origin and to no
 * other, and follows a redirect only within that origin. Another one is a ProviderFailure that names where it led.
 */
export function createConnection(input: ConnectionInput): Connection {
  const { definition, redactor, settings = {} } = input
  const baseUrl = input.baseUrl.replace(/\/+$/, '')
  const home = URL.parse(baseUrl)?.origin ?? null

  /** The key, which from then on is known to the redactor too. */
  const secret = () => {
    const key = input.secret()
    if (key !== null) redactor.add(key)
    return key
  }

  const headersFor = (url: URL, wanted: Headers): Record<string, string> => {
    const headers = new Map<string, string>()
    // Whose names differ in capitals alone are one.
    const set = (name: string, value: string) => headers.set(name.toLowerCase(), value.trim())
    for (const name of CLIENT_HEADERS) {
      const value = wanted.get(name)
      if (value !== null) set(name, value)
    }
    set('user-agent', 'Fabula')
    if (url.origin === home) {
      const ours = { ...definition.headers, ...input.headers, ...settingHeaders(definition, settings) }
      for (const [name, value] of Object.entries(ours)) set(name, value)
      const key = secret()
      if (key !== null) authorize(set, definition.auth, key)
    }
    return Object.fromEntries(headers)
  }

  /** Follows redirects as far as `mayLead` lets it. */
  const follow = async (
    target: URL,
    init: RequestInit,
    mayLead: (from: URL, to: URL) => boolean
  ): Promise<Response> => {
    const wanted = init.headers instanceof Headers ? init.headers : new Headers(init.headers)
    let url = target
    for (let hops = 0; ; hops += 1) {
      const headers = headersFor(url, wanted)
      // Each request waits for the answer of the one before: it says where to go.
      const response = await input.fetch(url, { ...init, headers, redirect: 'manual' })
      const next = REDIRECTS.has(response.status) ? locationOf(response, url) : null
      if (!next) return response
      void response.body?.cancel().catch(() => undefined)
      const keepsMethod = isRead(init.method) || response.status === 307 || response.status === 308
      if (!mayLead(url, next) || !keepsMethod || hops === MAX_REDIRECTS) throw redirectFailure(connection, next.origin)
      url = next
    }
  }
  const isSafe = (url: URL) =>
    url.origin === home ||
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && isLoopback(url.href) && home !== null && isLoopback(home))

  const connection: Connection = {
    definition,
    baseUrl,
    extraBody: input.extraBody,
    settings,
    withoutKey: () => createConnection({ ...input, secret: () => null }),
    redact: redactor.redact,
    download: async (target, signal) => {
      const url = new URL(target)
      if (!isSafe(url)) throw redirectFailure(connection, url.origin)
      return follow(url, { signal }, (_from, to) => isSafe(to))
    },
    fetch: async (target, init = {}) => {
      if (target instanceof Request) throw new TypeError('A connection fetches an address, not a Request')
      return follow(new URL(target), init, (from, to) => from.origin === to.origin)
    },
  }
  return connection
}

function authorize(set: (name: string, value: string) => void, auth: AuthScheme, key: string): void {
  if (auth.type === 'bearer') set('authorization', `Bearer ${key}`)
  if (auth.type === 'header') set(auth.header, `${auth.prefix ?? ''}${key}`)
}

function locationOf(response: Response, from: URL): URL | null {
  const location = response.headers.get('location')
  return location === null ? null : URL.parse(location, from.href)
}

const isRead = (method = 'GET') => /^(get|head)$/i.test(method)
