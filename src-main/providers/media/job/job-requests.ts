import type { JsonObject } from '@contract/values'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import { answerFailure, badAnswer, requestFailure, type Source } from '@main/providers/kit/failures'
import { valueAt } from '@main/providers/kit/number-at'
import type { Connection } from '@main/providers/spec/protocol'
import type { JobWire } from './job-wire'

/** Asks a provider about jobs, and reads what it answers, whatever status it says it under. */
export interface JobRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: URL
  body?: JsonObject
  signal: AbortSignal
}

/** Throws a ProviderFailure for every answer that is not one, and the signal's reason. */
export async function askJson(connection: Source, wire: JobWire, request: JobRequest): Promise<unknown> {
  const { method, url, body, signal } = request
  refuseOtherHosts(connection, wire, url)
  try {
    const response = await checkedFetch(connection, signal)(url, {
      method,
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    const answer: unknown = text.trim() === '' ? {} : JSON.parse(text)
    const failure = codeFailure(connection, wire, answer)
    if (failure) throw failure
    return answer
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

/** What some say in the body of an answer under HTTP 200: a failure like any other. */
function codeFailure(connection: Source, { code }: JobWire, answer: unknown) {
  if (!code) return null
  const said = valueAt(answer, code.path)
  if (typeof said !== 'number') return badAnswer(connection, 'wrong_shape')
  if (code.ok.includes(said)) return null
  const status = code.statuses[String(said)] ?? (said >= 400 && said < 600 ? said : 500)
  // Their message stands beside the code; an `error` is what everybody looks for.
  const message = valueAt(answer, 'msg') ?? valueAt(answer, 'message')
  return answerFailure(connection, {
    status,
    headers: new Headers(),
    body: JSON.stringify({ error: { message: typeof message === 'string' ? message : `code ${said}` } }),
  })
}

/** An address that came in an answer leads to the provider, or to a host that its definition names. */
function refuseOtherHosts(connection: Connection, { hosts }: JobWire, url: URL): void {
  const home = URL.canParse(connection.baseUrl) ? new URL(connection.baseUrl) : null
  if (url.origin === home?.origin) return
  if (url.protocol !== 'https:' || !hosts.includes(url.hostname)) throw badAnswer(connection, 'wrong_shape')
}
