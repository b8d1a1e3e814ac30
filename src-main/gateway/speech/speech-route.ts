import type { SoundFormat } from '@main/providers/spec/media'
import { mediaAdapterFor } from '@main/providers/media/registry'
import type { CallPlanner } from '@main/routing/call-plan'
import type { CallAccount } from '@main/routing/ledger'
import type { MediaCaller } from '@main/routing/media-call'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { GetStageConfig } from '@main/settings/stage-config'
import { spokenCost } from '@main/speech/spoken-cost'
import { badField, forbiddenModel } from '@main/gateway/api-error'
import { byteStream } from '@main/gateway/byte-stream'
import type { GatewayContext } from '@main/gateway/gateway-ports'
import { readBody } from '@main/gateway/request-body'
import { speakingModel } from './speech-model'
import { speechAsked } from './speech-asked'
import { SpeechBody } from './speech-request'
import { bodyBytes, spokenBytes, toldPieces } from './spoken-bytes'

/** What voices are asked with. */
export interface SpeechPorts {
  planner: CallPlanner
  media: MediaCaller
  getStageConfig: GetStageConfig
  directory: Pick<ProviderDirectory, 'called'>
}

const types: Record<SoundFormat, string> = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
}

/** `POST /v1/audio/speech` */
export function createSpeechRoute(ports: SpeechPorts) {
  const { planner, media: ask } = ports

  return async (context: GatewayContext): Promise<Response> => {
    const { visit, call } = context.env
    const body = await readBody(context.req.raw, SpeechBody)
    call.named(body.model)
    const model = speakingModel(ports, body.model)
    if (!visit.caller.mayUse(model.id)) throw forbiddenModel(body.model)
    const adapter = await mediaAdapterFor(model.media.adapter)
    const { speakAs, speak = doesNotSpeak(body.model) } = adapter
    const asked = speechAsked(body, model, adapter)
    const longest = model.facts.longestText ?? null
    const pieces = asked.isNative ? [] : await toldPieces(asked.text, longest, visit.signal)
    if (!asked.isNative && pieces.length === 0) throw badField('input', 'There is nothing to say in `input`.')
    const leaving = new AbortController()
    const signal = AbortSignal.any([visit.signal, leaving.signal])
    const account: CallAccount = { purpose: visit.caller.purpose, attempts: 0 }
    const plan = planner(null, {
      providerId: model.provider.id,
      model: model.model,
      ...(model.tokenIds ? { tokenIds: model.tokenIds } : {}),
      settings: asked.settings,
    })
    const { voice, parameters, format, settings } = asked
    const spokenBy = { local: model.provider.local, price: model.facts.price ?? null, settings }
    const requestOf = (text: string, within: AbortSignal) => ({
      model: model.model,
      voice,
      text,
      parameters,
      signal: within,
    })
    const dollars = () => spokenCost(asked.text, spokenBy) ?? 0
    const limits = visit.admit({ reads: 0, writes: 0, dollars })
    const wanted = (text: string) => ({ plan, account, price: spokenCost(text, spokenBy), signal })

    async function* parts() {
      if (asked.isNative && speakAs) {
        const { answer } = await ask({
          ...wanted(asked.text),
          ask: async (connection, attempt) => {
            // What is said is read when the attempt is long over.
            const within = AbortSignal.any([attempt.signal, signal])
            const request = { ...requestOf(asked.text, within), format }
            const { response, cost } = await speakAs(connection, model.media, request)
            attempt.onActivity()
            return { answer: response, cost }
          },
        })
        return yield* bodyBytes(answer)
      }
      yield* spokenBytes(pieces, format === 'pcm' ? 'pcm' : 'wav', async ({ text }) => {
        const { answer } = await ask({
          ...wanted(text),
          ask: async (connection, attempt) => {
            const { pcm, cost } = await speak(connection, model.media, requestOf(text, attempt.signal))
            attempt.onActivity()
            return { answer: pcm, cost }
          },
        })
        return answer
      })
    }

    const sound = parts()
    const failed = (error: unknown) => {
      call.attempted(plan, account.attempts, asked.dropped)
      return signal.aborted ? call.abort(visit.signal.reason) : call.fail(error)
    }
    try {
      // What fails before the first of it has a status of its own.
      const first = await sound.next()
      call.attempted(plan, account.attempts, asked.dropped)
      return new Response(byteStream(first, sound, { ended: () => call.complete(null), failed, leaving }), {
        headers: { 'content-type': types[format], ...limits, ...call.headers() },
      })
    } catch (error) {
      throw failed(error)
    }
  }
}

function doesNotSpeak(name: string): never {
  throw badField('model', `The model \`${name}\` does not speak.`)
}
