import { requestFailure, wrongMediaType } from '@main/providers/kit/failures'
import { requestBody } from '@main/providers/kit/request-body'
import { readSpoken } from '@main/providers/kit/spoken-answer'
import { createClient } from '@main/providers/protocols/openai-chat/client'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { SoundFormat, SpeechAnswer, SpeechRequest, SpokenStream } from '@main/providers/spec/media'
import type { Connection } from '@main/providers/spec/protocol'
import { SpeechWire } from './speech-wire'

type Wire = Pick<MediaDefinition, 'wire'>

/** `POST /audio/speech`: a text, a voice, and a sound as the answer. */
export async function speak(provider: Connection, { wire }: Wire, request: SpeechRequest): Promise<SpeechAnswer> {
  const { path, format, sampleRate, channels } = SpeechWire.parse(wire)
  const connection = { ...provider, model: request.model }
  const response = await ask(connection, path, request, format)
  return { pcm: await readSpoken(connection, response, { sampleRate, channels }, request.signal), cost: null }
}

/** The same, for whoever hands on what comes. Throws `media_wrong_type` for what is no sound. */
export async function speakAs(
  provider: Connection,
  { wire }: Wire,
  request: SpeechRequest & { format: SoundFormat }
): Promise<SpokenStream> {
  const connection = { ...provider, model: request.model }
  const response = await ask(connection, SpeechWire.parse(wire).path, request, request.format)
  const type = response.headers.get('content-type') ?? ''
  if (/json|^text\//i.test(type) || !response.body) {
    await response.body?.cancel()
    throw wrongMediaType(connection, type || 'empty')
  }
  return { response, cost: null }
}

async function ask(
  connection: Connection & { model: string },
  path: string,
  { model, voice, text, parameters, signal }: SpeechRequest,
  format: SoundFormat
): Promise<Response> {
  const body = {
    ...requestBody(connection, {}, parameters),
    model,
    input: text,
    ...(voice === null ? {} : { voice }),
    response_format: format,
  }
  try {
    const headers = { accept: 'application/octet-stream' }
    return await createClient(connection, signal).post(path, { body, signal, headers }).asResponse()
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}
