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

const JSON_HEADERS = new Headers({ accept: 'application/json', 'content-type': 'application/json' })

/**
 * Asks for an answer that streams. The client has nothing to do here: keys, redirects, repeats, errors and the reading of
 * the stream are ours.
 *
 * @param path from the connection's address on
 */
export const postForStream = (
  connection: Source,
  path: string,
  body: JsonObject,
  signal: AbortSignal
): Promise<Response> =>
  checkedFetch(connection, signal)(`${connection.baseUrl}${path}`, {
    method: 'POST',
    headers: JSON_HEADERS,
    body: JSON.stringify(body),
    redirect: 'manual',
  })
