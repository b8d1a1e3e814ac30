import { sliced } from '@main/platform/sliced'
import { samplesAsBytes, wavHeader } from '@main/providers/kit/wav'
import type { Pcm } from '@main/providers/spec/media'
import { languageOf } from '@main/speech/language-of'
import { piecesOf, type Piece } from '@main/speech/pieces'
import { resampled } from '@main/speech/resample'
import { smoothed, type Mono } from '@main/speech/sound'

/** Of OpenAI's `pcm`: hertz. */
const PCM_RATE = 24_000
const BYTES_PER_SAMPLE = 2

/** What is said in one request: no more than the model takes at once. */
export async function toldPieces(text: string, longest: number | null, signal: AbortSignal): Promise<readonly Piece[]> {
  const { pieces } = await sliced(piecesOf(text, [], { longest, language: languageOf(text) }), signal)
  return pieces
}

/**
 * The sound of a text, piece by piece. Samples go out as they come; a WAV file when it is whole, as its head says how long it is.
 *
 * @param speak has a piece spoken
 */
export async function* spokenBytes(
  pieces: readonly Piece[],
  format: 'wav' | 'pcm',
  speak: (piece: Piece) => Promise<Pcm>
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const whole: Uint8Array[] = []
  let rate = format === 'pcm' ? PCM_RATE : 0
  for (const piece of pieces) {
    // Each is asked for when the one before it is there: whoever leaves amid them pays for no more.
    const sound: Mono = smoothed(await speak(piece))
    if (rate === 0) rate = sound.sampleRate
    const pause = new Uint8Array(Math.round((piece.pauseMs / 1000) * rate) * BYTES_PER_SAMPLE)
    const part = Buffer.concat([pause, samplesAsBytes((await resampled(sound, rate)).samples)])
    if (format === 'pcm') yield new Uint8Array(part)
    else whole.push(part)
  }
  if (format === 'pcm') return
  const length = whole.reduce((sum, part) => sum + part.length, 0)
  yield new Uint8Array(Buffer.concat([wavHeader({ sampleRate: rate, channels: 1 }, length), ...whole]))
}

/** What an answer has for a body, as it comes. The other end of it is let go where nobody reads on. */
export async function* bodyBytes(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const reader = response.body?.getReader()
  if (!reader) return
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    await reader.cancel()
  }
}
