import { execFileSync } from 'node:child_process'
import { samplesAsBytes, wavFile } from '@main/providers/kit/wav'
import { z } from 'zod'
import { chatReply } from './chat-reply'
import { fileReply, SUNO, sunoSong, sunoState } from './fake-media-jobs'
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
  /** The songs and films that were asked for are done: until then they are under way. */
  finishJobs(): void
}

const Speech = z.looseObject({ input: z.string() })

/** A film of a second that a browser plays. */
const filmOfASecond = (): Uint8Array =>
  execFileSync(
    'ffmpeg',
    '-v error -f lavfi -i testsrc=duration=1:size=64x36:rate=5 -c:v libvpx -b:v 40k -f webm -'.split(' ')
  )

/** Lists of models for words, voices and films behind one key, as OpenRouter has them, and Suno's way to a key beside it. */
export async function startFakeMedia(key: string): Promise<FakeMedia> {
  const gone = new Set<string>()
  const list = (...ids: string[]) =>
    jsonReply({
      data: ids
        .filter((id) => !gone.has(id))
        .map((id) => ({ id, name: id, ...(id.startsWith('voice') && { supported_voices: ['ann', 'bo'] }) })),
    })

  let jobsAreDone = false
  const film = filmOfASecond()
  const song = wavFile(fakeVoice('la '.repeat(40), 8_000))

  /** What Suno's service and OpenRouter's films are asked for. */
  const jobs = ({ path, method }: RecordedRequest, origin: string): Reply | null => {
    if (path === SUNO.submit) return jsonReply({ code: 200, msg: 'success', data: { taskId: 'task-1' } })
    if (path === SUNO.look) return jobsAreDone ? sunoState('SUCCESS', [sunoSong(origin, 'one')]) : sunoState('PENDING')
    if (path === '/files/one.wav') return fileReply(song, 'audio/wav')
    if (path.endsWith('/videos') && method === 'POST') return jsonReply({ id: 'gen-1', status: 'pending' }, 202)
    if (path.endsWith('/videos/gen-1'))
      return jsonReply({ id: 'gen-1', status: jobsAreDone ? 'completed' : 'in_progress', usage: { cost: 0.4 } })
    return path.endsWith('/videos/gen-1/content') ? fileReply(film, 'video/webm') : null
  }

  const answer = (request: RecordedRequest, { origin }: FakeServer): Reply => {
    const { path, query, body, headers } = request
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
    return jobs(request, origin) ?? chatReply.error(404, `Unknown request URL: ${path}`)
  }

  const server: FakeServer = await startFakeServer((request) => answer(request, server))
  return {
    ...server,
    openRouter: `${server.origin}/api/v1`,
    suno: server.origin,
    withdraw: (model) => gone.add(model),
    finishJobs: () => {
      jobsAreDone = true
    },
  }
}
