import type { JsonObject } from '@contract/values'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import { emptyAnswer, mediaNotMade, requestFailure, type Source } from '@main/providers/kit/failures'
import { mergeInto } from '@main/providers/kit/merge-json'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { MediaAnswer, MediaJobRequest } from '@main/providers/spec/media'
import type { Connection } from '@main/providers/spec/protocol'

const PREPARE = '/api/extra/music/prepare'
const GENERATE = '/api/extra/music/generate'
const ABORT = '/api/extra/abort'

/** What is sung, where the settings do not say it. */
const USUAL_STYLE = 'a song with a clear voice'
/** How long the request that ends a making may take. Milliseconds. */
const ABORT_MS = 5000

/**
 * Has a KoboldCpp plan a song and then make it; it answers with a WAV, minutes later. It goes on when nobody listens any more,
 * so one that is stopped is told so.
 */
export async function makeMusic(connection: Connection, request: MediaJobRequest): Promise<MediaAnswer> {
  const { model, text, parameters, signal } = request
  const source: Source = { ...connection, model }
  const asked: JsonObject = { caption: USUAL_STYLE, lyrics: text }
  mergeInto(asked, parameters)
  mergeInto(asked, connection.extraBody)
  try {
    const planned = await prepared(source, asked, signal)
    // What was asked for stands over what the planner made of it.
    const response = await post(source, GENERATE, { ...planned, ...asked }, signal)
    if (response.headers.get('content-type')?.includes('json'))
      throw mediaNotMade(source, await faultIn(response), 'json')
    if (!response.body) throw emptyAnswer(source, false)
    return { content: response.body, cost: null }
  } catch (error) {
    if (signal.aborted) await abort(connection)
    throw requestFailure(source, error, signal)
  }
}

/** What the planner adds: tempo, key, codes. A KoboldCpp without one, or one whose planner fails, makes the song all the same. */
async function prepared(source: Source, asked: JsonObject, signal: AbortSignal): Promise<JsonObject> {
  try {
    const plan: unknown = await (await post(source, PREPARE, asked, signal)).json()
    return isPlan(plan) ? plan : {}
  } catch (error) {
    const failure = requestFailure(source, error, signal)
    if (failure instanceof ProviderFailure && failure.status !== null && failure.status !== 401) return {}
    throw failure
  }
}

const isPlan = (plan: unknown): plan is JsonObject =>
  typeof plan === 'object' && plan !== null && !Array.isArray(plan) && !('error' in plan)

async function faultIn(response: Response): Promise<string | null> {
  const said: unknown = await response.json().catch(() => null)
  if (typeof said !== 'object' || said === null || !('error' in said)) return null
  return typeof said.error === 'string' ? said.error : null
}

const post = (source: Source, path: string, body: JsonObject, signal: AbortSignal): Promise<Response> =>
  checkedFetch(
    source,
    signal,
    'endless'
  )(source.baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'audio/wav, application/json' },
    body: JSON.stringify(body),
  })

/** Nothing depends on it: what goes on there ends by itself. */
async function abort(connection: Connection): Promise<void> {
  await post(connection, ABORT, {}, AbortSignal.timeout(ABORT_MS)).catch(() => undefined)
}
