import { z } from 'zod'
import { checkedFetch } from '@main/providers/kit/checked-fetch'
import { answerFailure, badAnswer, requestFailure, wrongMediaType, type Source } from '@main/providers/kit/failures'
import { readSound } from '@main/providers/kit/spoken-answer'
import type { Pcm, SpeechRequest } from '@main/providers/spec/media'
import type { JsonObject } from '@contract/values'
import { jsonSequence } from './json-sequence'
import type { SpeechKitParameters } from './parameters'
import type { SpeechKitWire } from './speechkit-wire'

/** One object of the answer. The sound is base64, and the objects' sounds joined are one file. */
const Piece = z.looseObject({
  result: z.looseObject({ audioChunk: z.looseObject({ data: z.string() }).nullish() }).nullish(),
  error: z
    .looseObject({ httpCode: z.number().int().nullish().catch(null) })
    .nullish()
    .catch({}),
})

/** `POST …/utteranceSynthesis`: JSON in, and a sequence of JSON objects out. A long text is split by the server. */
export async function speakV3(
  connection: Source,
  wire: SpeechKitWire,
  { text, voice, signal }: SpeechRequest,
  parameters: SpeechKitParameters
): Promise<Pcm> {
  const { role, speed, hints, more } = parameters
  const hintList: JsonObject[] = [
    ...(voice === null ? [] : [{ voice }]),
    ...(role === null ? [] : [{ role }]),
    ...(speed === null ? [] : [{ speed }]),
    ...Object.entries(hints).map(([name, value]) => ({ [name]: value })),
  ]
  const body: JsonObject = {
    ...more,
    text,
    hints: hintList,
    outputAudioSpec: { containerAudio: { containerAudioType: 'WAV' } },
    unsafeMode: text.length > wire.v3.utterance,
  }
  try {
    const response = await checkedFetch(connection, signal)(`${connection.baseUrl}${wire.v3.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    })
    const type = response.headers.get('content-type') ?? ''
    if (/^(audio|video|image)\//.test(type)) throw wrongMediaType(connection, type)
    return readSound(connection, await soundIn(connection, response), { sampleRate: wire.sampleRate, channels: 1 }, '')
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

async function soundIn(connection: Source, response: Response): Promise<Uint8Array> {
  const decoder = new TextDecoder()
  const sequence = jsonSequence()
  const chunks: Buffer[] = []
  if (response.body)
    for await (const bytes of response.body)
      for (const object of sequence.read(decoder.decode(bytes, { stream: true }))) {
        const data = dataOf(connection, response, object)
        if (data !== null) chunks.push(Buffer.from(data, 'base64'))
      }
  const rest = sequence.rest()
  if (rest !== '') throw badAnswer(connection, /^[[{]/.test(rest) ? 'cut_off' : 'not_json')
  return Buffer.concat(chunks)
}

function dataOf(connection: Source, response: Response, object: string): string | null {
  const parsed = Piece.safeParse(jsonOf(connection, object))
  if (!parsed.success) throw badAnswer(connection, 'wrong_shape')
  const { result, error } = parsed.data
  if (error) {
    const status = error.httpCode ?? response.status
    throw answerFailure(connection, { status, headers: response.headers, body: object })
  }
  return result?.audioChunk?.data ?? null
}

function jsonOf(connection: Source, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badAnswer(connection, 'not_json')
  }
}
