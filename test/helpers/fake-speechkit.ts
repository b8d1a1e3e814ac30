import { z } from 'zod'
import { samplesAsBytes, wavFile } from '@main/providers/kit/wav'
import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'
import { fakeVoice } from './fake-voice'
import { createReplyScript, type Scripted } from './reply-script'

const V3 = '/tts/v3/utteranceSynthesis'
const V1 = '/speech/v1/tts:synthesize'

export interface FakeSpeechKitOptions {
  /** The keys it takes; without them it takes anything. */
  keys?: readonly string[]
  /** Voices that it knows; without them any. */
  voices?: readonly string[]
}

export interface FakeSpeechKit extends FakeServer {
  answerV3(...replies: Scripted[]): void
  answerV1(...replies: Scripted[]): void
  alwaysV3(reply: Scripted | null): void
  v3(): RecordedRequest[]
  v1(): RecordedRequest[]
}

/** Objects of v3 that carry a sound in pieces of base64, one behind the other without anything between. */
export function spokenObjects(bytes: Uint8Array, size = 7_001): string[] {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += size) {
    const data = Buffer.from(bytes.subarray(at, at + size)).toString('base64')
    pieces.push(JSON.stringify({ result: { audioChunk: { data }, startMs: '0', lengthMs: '100' } }))
  }
  return pieces
}

/** An error as v3 says it, under the status of HTTP or in the sequence. */
export const v3Error = (httpCode: number, message: string) => ({
  error: { grpcCode: 3, httpCode, message, httpStatus: 'Error', details: [] },
})

/** An error as v1 says it. */
export const v1Error = (status: number, message: string): Reply =>
  jsonReply({ error_code: 'BAD_REQUEST', error_message: message }, status)

/** A server that speaks as Yandex SpeechKit does, v3 over REST and v1, on a free port of 127.0.0.1. */
export async function startFakeSpeechKit(options: FakeSpeechKitOptions = {}): Promise<FakeSpeechKit> {
  const script = createReplyScript()
  const server = await startFakeServer(
    (request) => refusalOf(options, request) ?? script.take(request) ?? answer(options, request)
  )
  return {
    ...server,
    answerV3: (...replies) => script.once(V3, replies),
    answerV1: (...replies) => script.once(V1, replies),
    alwaysV3: (reply) => script.always(V3, reply),
    v3: () => server.requestsTo(V3),
    v1: () => server.requestsTo(V1),
  }
}

function refusalOf({ keys }: FakeSpeechKitOptions, { headers, path }: RecordedRequest): Reply | null {
  const key = /^Api-Key (.*)$/.exec(headers['authorization'] ?? '')?.[1] ?? ''
  if (!keys || keys.includes(key)) return null
  const message = 'The token is invalid'
  if (path === V3) return jsonReply({ ...v3Error(401, message), code: 16, message }, 401)
  return jsonReply({ error_code: 'UNAUTHORIZED', error_message: message }, 401)
}

const AskedV3 = z.looseObject({
  text: z.string(),
  hints: z.array(z.record(z.string(), z.unknown())),
  unsafeMode: z.boolean().default(false),
})
const AskedV1 = z.looseObject({ text: z.string(), voice: z.string(), sampleRateHertz: z.coerce.number() })

function answer({ voices }: FakeSpeechKitOptions, { path, body }: RecordedRequest): Reply {
  const knows = (voice: unknown) => !voices || voices.some((one) => one === voice)
  if (path === V3) {
    const { text, hints, unsafeMode } = AskedV3.parse(body)
    const voice = hints.find((hint) => 'voice' in hint)?.['voice']
    if (text === '') return jsonReply(v3Error(400, 'Text must not be empty'), 400)
    if (!knows(voice)) return jsonReply(v3Error(400, `Voice ${String(voice)} is not supported`), 400)
    if (text.length > 250 && !unsafeMode) return jsonReply(v3Error(400, 'Too long text'), 400)
    const steps = spokenObjects(wavFile(fakeVoice(text, 22_050)))
    return { status: 200, headers: { 'content-type': 'application/json' }, steps }
  }
  if (path === V1) {
    const { text, voice, sampleRateHertz } = AskedV1.parse(body)
    if (text.length > 5_000) return v1Error(400, 'Text length exceeded limit')
    if (!knows(voice)) return v1Error(400, `Unsupported voice: ${voice}`)
    const steps = [samplesAsBytes(fakeVoice(text, sampleRateHertz).samples)]
    return { status: 200, headers: { 'content-type': 'audio/x-pcm' }, steps }
  }
  return jsonReply({ code: 5, message: 'Not Found' }, 404)
}
