import { samplesAsBytes } from '@main/providers/kit/wav'
import { z } from 'zod'
import { chatReply } from './chat-reply'
import { fakeVoice } from './fake-voice'
import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'

/** The poem that it writes. */
export const FAKE_POEM = ['The lamp is lit,\n', 'the stair is long,\n', 'and nobody comes home.']

export interface FakeMedia extends FakeServer {
  /** The base URL for OpenRouter, and for Suno. */
  openRouter: string
  suno: string
  /** No list has this model any more. */
  withdraw(model: string): void
}

const Speech = z.looseObject({ input: z.string() })

/** Lists of models for words, voices and films behind one key, as OpenRouter has them, and Suno's way to a key beside it. */
export async function startFakeMedia(key: string): Promise<FakeMedia> {
  const gone = new Set<string>()
  const list = (...ids: string[]) =>
    jsonReply({
      data: ids
        .filter((id) => !gone.has(id))
        .map((id) => ({ id, name: id, ...(id.startsWith('voice') && { supported_voices: ['ann', 'bo'] }) })),
    })

  const answer = ({ path, query, body, headers }: RecordedRequest): Reply => {
    const known = headers['authorization'] === `Bearer ${key}`
    if (path.endsWith('/generate/credit')) return jsonReply({ code: known ? 200 : 401, msg: 'credit', data: 10 })
    if (!known) return chatReply.error(401, { message: 'No auth credentials found', code: 'invalid_api_key' })
    if (path.endsWith('/key')) return jsonReply({ data: { label: 'fake', limit_remaining: 4 } })
    if (path.endsWith('/videos/models')) return list('film/one', 'film/two')
    if (path.endsWith('/embeddings/models')) return list()
    if (path.endsWith('/models'))
      return query['output_modalities'] === 'speech' ? list('voice/one', 'voice/two') : list('poet/one', 'poet/two')
    if (path.endsWith('/chat/completions')) return chatReply.stream(FAKE_POEM, { model: 'poet/one', usage: null })
    if (path.endsWith('/audio/speech')) {
      const pcm = fakeVoice(Speech.parse(body).input, 24_000)
      return { status: 200, headers: { 'content-type': 'audio/pcm' }, steps: [samplesAsBytes(pcm.samples)] }
    }
    return chatReply.error(404, `Unknown request URL: ${path}`)
  }

  const server = await startFakeServer(answer)
  return {
    ...server,
    openRouter: `${server.origin}/api/v1`,
    suno: server.origin,
    withdraw: (model) => gone.add(model),
  }
}
