import type { Pcm } from '@main/providers/spec/media'
import { badAnswer, requestFailure, streamFailure, wrongMediaType, type Source } from './failures'
import { isWav, readWav, samplesFrom } from './wav'

/** Samples without a header: how they are to be read. */
export type BareForm = Pick<Pcm, 'sampleRate' | 'channels'>

/** What other kinds of files begin with. */
const beginnings: readonly [type: string, begins: string][] = [
  ['audio/mpeg', 'ID3'],
  ['audio/ogg', 'OggS'],
  ['audio/flac', 'fLaC'],
]

/**
 * Reads an answer that is a sound: a WAV file, or bare samples. Throws `media_wrong_type` for anything else, and the error
 * that stands in it where a server says under 200 that it failed.
 */
export async function readSpoken(
  connection: Source,
  response: Response,
  bare: BareForm,
  signal: AbortSignal
): Promise<Pcm> {
  const bytes = await bytesOf(connection, response, signal)
  return readSound(connection, bytes, { ...bare, ...formIn(response.headers) }, typeOf(response.headers))
}

/** @param type what the server says it is; empty where it says nothing */
export function readSound(connection: Source, bytes: Uint8Array, bare: BareForm, type: string): Pcm {
  if (bytes.length === 0) throw wrongMediaType(connection, 'empty')
  if (isWav(bytes)) return wavIn(connection, bytes)
  throwIfText(connection, bytes, type)
  const begins = String.fromCodePoint(...bytes.subarray(0, 4))
  const other = beginnings.find(([, first]) => begins.startsWith(first))?.[0] ?? mpegFrame(bytes)
  if (other !== null || (/^(audio|video|image)\//.test(type) && !BARE.test(type)))
    throw wrongMediaType(connection, other ?? type)
  return { ...bare, samples: samplesFrom(bytes) }
}

/** Types under which bare samples come. */
const BARE = /^audio\/(x-)?(pcm|l16|raw|wav|wave|basic)|^audio\/vnd\.wave/i

const mpegFrame = (bytes: Uint8Array): string | null =>
  bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2 && bytes.length > 2 && isMpegHeader(bytes)
    ? 'audio/mpeg'
    : null

/** A frame of MP3: bare samples that are near silence begin with the same byte, but have no rate and no bits like these. */
const isMpegHeader = (bytes: Uint8Array): boolean => {
  const rates = bytes[2] ?? 0
  return rates >> 4 !== 0 && rates >> 4 !== 15 && ((rates >> 2) & 3) !== 3 && ((bytes[1] ?? 0) & 0x18) === 0x18
}

function wavIn(connection: Source, bytes: Uint8Array): Pcm {
  const pcm = readWav(bytes)
  if (pcm === 'cut') throw badAnswer(connection, 'cut_off')
  if (pcm === 'not_wav') throw wrongMediaType(connection, 'audio/wav')
  return pcm
}

function throwIfText(connection: Source, bytes: Uint8Array, type: string): void {
  if (!/json|^text\//.test(type)) return
  const error = errorIn(bytes)
  throw error === null ? wrongMediaType(connection, type) : streamFailure(connection, error)
}

/** What a JSON text says of a failure; null where it says nothing. */
function errorIn(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && 'error' in value && value.error ? value : null
  } catch {
    return null
  }
}

async function bytesOf(connection: Source, response: Response, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    throw requestFailure(connection, error, signal)
  }
}

const typeOf = (headers: Headers): string => (headers.get('content-type') ?? '').split(';', 1)[0]?.trim() ?? ''

/** What the type says of bare samples: `audio/L16; rate=24000; channels=1`. */
function formIn(headers: Headers): Partial<BareForm> {
  const type = headers.get('content-type') ?? ''
  const said = (name: string) => Number(new RegExp(`;\\s*${name}=(\\d+)`, 'i').exec(type)?.[1] ?? Number.NaN)
  const [rate, channels] = [said('rate'), said('channels')]
  return { ...(rate >= 4_000 ? { sampleRate: rate } : {}), ...(channels >= 1 ? { channels } : {}) }
}
