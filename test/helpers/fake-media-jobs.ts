import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'
import { createReplyScript, type Scripted } from './reply-script'
import { fakeVoice } from './fake-voice'
import { wavFile } from '@main/providers/kit/wav'

/** A short WAV, as a provider would send it. */
export const soundFile = (): Uint8Array => wavFile(fakeVoice('la la la', 8000))

/** The beginning of an MP4, which is enough to tell what it is. */
export const filmFile = (): Uint8Array =>
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(500, 7)])

export const fileReply = (bytes: Uint8Array, type: string): Reply => ({
  status: 200,
  headers: { 'content-type': type, 'content-length': String(bytes.length) },
  steps: [bytes],
})

/** A file that is far too large, and would go on for ever: nobody sends 3 GB in a test. */
export const endlessFile = (sent: (bytes: number) => void): Reply => {
  const piece = Buffer.alloc(1 << 16, 1)
  const pieces = Array.from({ length: 2000 }, (_, index) => (index === 0 ? soundFile() : piece))
  return {
    status: 200,
    headers: { 'content-type': 'audio/wav' },
    steps: pieces.flatMap((bytes) => [bytes, { note: () => sent(bytes.length) }]),
  }
}

export interface FakeJobs extends FakeServer {
  once(path: string, ...replies: Scripted[]): void
  always(path: string, reply: Scripted | null): void
}

const scripted = async (answer: (request: RecordedRequest, server: FakeServer) => Reply): Promise<FakeJobs> => {
  const script = createReplyScript()
  const server: FakeServer = await startFakeServer((request) => script.take(request) ?? answer(request, server))
  return { ...server, once: (path, ...replies) => script.once(path, replies), always: script.always }
}

/** What sunoapi.org says of a task. */
export const sunoState = (status: string, sunoData: readonly object[] = [], more: object = {}): Reply =>
  jsonReply({
    code: 200,
    msg: 'success',
    data: { taskId: 'task-1', status, errorMessage: null, response: { taskId: 'task-1', sunoData }, ...more },
  })

export const sunoSong = (origin: string, name: string) => ({
  id: name,
  audioUrl: `${origin}/files/${name}.wav`,
  streamAudioUrl: `${origin}/stream/${name}`,
  imageUrl: `${origin}/${name}.jpeg`,
  title: `Song ${name}`,
  duration: 12.5,
})

export const SUNO = { submit: '/api/v1/generate', look: '/api/v1/generate/record-info' } as const

/** A server that speaks as sunoapi.org does: two songs for each task, done at the second look. */
export const startFakeSuno = (): Promise<FakeJobs> => {
  let looks = 0
  return scripted(({ path }, { origin }) => {
    if (path === SUNO.submit) return jsonReply({ code: 200, msg: 'success', data: { taskId: 'task-1' } })
    if (path === SUNO.look) {
      looks += 1
      return looks === 1
        ? sunoState('PENDING')
        : sunoState('SUCCESS', [sunoSong(origin, 'one'), sunoSong(origin, 'two')])
    }
    if (path.startsWith('/files/')) return fileReply(soundFile(), 'audio/mpeg')
    return jsonReply({ code: 404, msg: 'Not found' }, 404)
  })
}

/** A server that speaks as fal's queue does, with the addresses that it hands out. */
export const startFakeFal = (): Promise<FakeJobs> => {
  let looks = 0
  return scripted(({ path, method }, { origin }) => {
    const job = `${origin}/fal-ai/pika/requests/job-1`
    if (method === 'POST')
      return jsonReply({
        request_id: 'job-1',
        status_url: `${job}/status`,
        response_url: job,
        cancel_url: `${job}/cancel`,
        queue_position: 2,
      })
    if (path.endsWith('/status')) {
      looks += 1
      const states = ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']
      return jsonReply({ status: states[Math.min(looks, 3) - 1], request_id: 'job-1', response_url: job })
    }
    if (path.endsWith('/cancel')) return jsonReply({ status: 'CANCELLATION_REQUESTED' }, 202)
    if (path.endsWith('/job-1'))
      return jsonReply({ video: { url: `${origin}/files/film.mp4`, content_type: 'video/mp4', file_size: 512 } })
    return fileReply(filmFile(), 'video/mp4')
  })
}

/** A server that speaks as OpenRouter's `/videos` does. */
export const startFakeVideos = (): Promise<FakeJobs> => {
  let looks = 0
  return scripted(({ path, method }) => {
    if (method === 'POST')
      return jsonReply({ id: 'gen-1', polling_url: '/api/v1/videos/gen-1', status: 'pending' }, 202)
    if (path.endsWith('/content')) return fileReply(filmFile(), 'video/mp4')
    looks += 1
    if (looks === 1) return jsonReply({ id: 'gen-1', status: 'in_progress' })
    return jsonReply({ id: 'gen-1', status: 'completed', unsigned_urls: [], usage: { cost: 0.4, is_byok: false } })
  })
}
