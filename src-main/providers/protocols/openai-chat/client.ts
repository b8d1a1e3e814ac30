import OpenAI from 'openai'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import type { Source } from '@main/providers/kit/failures'

/** As long as a timer can wait: how long a call may take is decided by who makes it, through its signal. */
const NO_TIMEOUT_MS = 2_147_483_647

/**
 * The `openai` client for one call. It never sees the key, and takes nothing from environment variables: the
 * connection's fetch replaces the headers it makes. Retries are the router's.
 */
export const createClient = (connection: Source, signal: AbortSignal): OpenAI =>
  new OpenAI({
    apiKey: 'set-by-the-connection',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: connection.baseUrl,
    fetch: checkedFetch(connection, signal),
    maxRetries: 0,
    timeout: NO_TIMEOUT_MS,
    logLevel: 'off',
  })
