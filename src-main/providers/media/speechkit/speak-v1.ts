import { checkedFetch } from '@main/providers/kit/checked-fetch'
import { requestFailure, type Source } from '@main/providers/kit/failures'
import { readSpoken } from '@main/providers/kit/spoken-answer'
import type { Pcm, SpeechRequest } from '@main/providers/spec/media'
import type { SpeechKitParameters } from './parameters'
import type { SpeechKitWire } from './speechkit-wire'

/** `POST …/tts:synthesize`: a form in, bare samples out. It takes longer texts than v3, knows fewer voices, and must be told
 * which language they speak. */
export async function speakV1(
  connection: Source,
  wire: SpeechKitWire,
  { text, voice, signal }: SpeechRequest,
  { role, speed, language }: SpeechKitParameters
): Promise<Pcm> {
  const { sampleRate, path, languages } = wire.v1
  const spoken = language ?? languages.find((one) => voice !== null && new RegExp(one.voice).test(voice))?.language
  const folder = connection.settings['folder_id']
  const form = new URLSearchParams({ text, format: 'lpcm', sampleRateHertz: String(sampleRate) })
  if (voice !== null) form.set('voice', voice)
  if (spoken !== undefined) form.set('lang', spoken)
  if (role !== null) form.set('emotion', role)
  if (speed !== null) form.set('speed', String(speed))
  if (typeof folder === 'string' && folder !== '') form.set('folderId', folder)
  try {
    const response = await checkedFetch(connection, signal)(`${connection.baseUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    })
    return await readSpoken(connection, response, { sampleRate, channels: 1 }, signal)
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}
