import { requestFailure } from '@main/providers/kit/failures'
import { requestBody } from '@main/providers/kit/request-body'
import { readSpoken } from '@main/providers/kit/spoken-answer'
import { createClient } from '@main/providers/protocols/openai-chat/client'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { SpeechAnswer, SpeechRequest } from '@main/providers/spec/media'
import type { Connection } from '@main/providers/spec/protocol'
import { SpeechWire } from './speech-wire'

/** `POST /audio/speech`: a text, a voice, and a sound as the answer. */
export async function speak(
  provider: Connection,
  { wire }: Pick<MediaDefinition, 'wire'>,
  request: SpeechRequest
): Promise<SpeechAnswer> {
  const { model, voice, text, parameters, signal } = request
  const { path, format, sampleRate, channels } = SpeechWire.parse(wire)
  const connection = { ...provider, model }
  const body = {
    ...requestBody(connection, {}, parameters),
    model,
    input: text,
    ...(voice === null ? {} : { voice }),
    response_format: format,
  }
  let response: Response
  try {
    const headers = { accept: 'application/octet-stream' }
    response = await createClient(connection, signal).post(path, { body, signal, headers }).asResponse()
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
  return { pcm: await readSpoken(connection, response, { sampleRate, channels }, signal), cost: null }
}
