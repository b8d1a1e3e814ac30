import { createHash } from 'node:crypto'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { MediaAdapter } from '@main/providers/spec/media'
import type { PieceCost, VoicePieces } from '@main/data/voice-pieces'
import type { Pause } from '@main/platform/pause'
import { mediaParameters } from '@main/providers/kit/media-parameters'
import { wavFile } from '@main/providers/kit/wav'
import type { MediaCaller } from '@main/routing/media-call'
import type { Piece } from '@main/speech/pieces'
import { resampled } from '@main/speech/resample'
import { smoothed } from '@main/speech/sound'
import type { JobWays } from './job-ways'
import type { Making } from './maker'
import { untilTaken } from './put-off'
import { pieceCost } from './voice-plan'

/** Pieces that are asked for at a time; the limits of the provider and of the key apply beside this. */
const AT_ONCE = 2
/** A piece is short and cheap: one that broke off is asked for again, so that not the whole voice fails. */
const RETRIES = 2

/** Hertz: a voice has nothing above half of it, and a book at 48,000 would be larger than a file of the library may be. */
const HIGHEST_RATE = 24_000

export interface VoicePorts {
  ways: JobWays
  call: MediaCaller
  pieces: VoicePieces
  pause: Pause
}

/** Who speaks, and how. */
export interface Speaking {
  speak: NonNullable<MediaAdapter['speak']>
  media: MediaDefinition
}

/** What pieces of a voice are called by, and what each cost. */
export interface KeptPieces {
  keys: readonly string[]
  costs: readonly PieceCost[]
}

/** Has every piece spoken that is not there yet, two at a time and in their order. The first failure ends the others. */
export async function speakPieces(
  ports: VoicePorts,
  { item, config, signal, report }: Making,
  speaking: Speaking,
  pieces: readonly Piece[]
): Promise<KeptPieces> {
  const { ways, call, pause } = ports
  const { voice: usual, ...own } = config.settings.own
  const { voice: _voice, ...parameters } = mediaParameters(speaking.media, own)
  const voiceOf = ({ voice }: Piece) => voice ?? (typeof usual === 'string' ? usual : null)
  const keys = pieces.map((piece) =>
    digestOf([config.provider.id, config.model, voiceOf(piece), parameters, own, piece.text])
  )
  const costs: PieceCost[] = []
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const account = ways.accountOf(item)
  const all = pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  let spoken = 0
  const tell = (phase: 'asking' | 'making' | 'waiting') => report({ phase, done: spoken / all, words: '' })

  const ask = async (piece: Piece) => {
    const { answer, ...cost } = await call({
      plan: ways.planFor(config, { retries: RETRIES }),
      account,
      price: pieceCost(piece.text, config),
      signal: either,
      ask: async (connection, attempt) => {
        const request = { model: config.model, voice: voiceOf(piece), text: piece.text, parameters }
        const made = await speaking.speak(connection, speaking.media, { ...request, signal: attempt.signal })
        attempt.onActivity()
        return { answer: made.pcm, cost: made.cost }
      },
    })
    return { pcm: answer, cost: { cost: cost.cost, costSource: cost.costSource } }
  }

  const speakOne = async (index: number): Promise<void> => {
    const [piece, key] = [pieces[index], keys[index]]
    if (!piece || key === undefined) return
    const known = await ports.pieces.find(item.id, key)
    if (known) costs[index] = known
    else {
      tell(spoken === 0 ? 'asking' : 'making')
      const { pcm, cost } = await untilTaken(
        { pause, signal: either },
        () => ask(piece),
        () => tell('waiting')
      )
      const sound = await resampled(smoothed(pcm), Math.min(pcm.sampleRate, HIGHEST_RATE))
      await ports.pieces.keep(item.id, key, wavFile({ ...sound, channels: 1 }), cost)
      costs[index] = cost
    }
    spoken += piece.text.length
    tell('making')
  }

  let next = 0
  const work = async () => {
    while (next < pieces.length) {
      either.throwIfAborted()
      const index = next
      next += 1
      await speakOne(index)
    }
  }
  const workers = Array.from({ length: AT_ONCE }, () =>
    work().catch((error: unknown) => {
      failed.abort(error)
      throw error
    })
  )
  // What is on its way ends before this does: nothing may be kept after it.
  const [broken] = (await Promise.allSettled(workers)).filter((one) => one.status === 'rejected')
  if (broken) throw signal.aborted ? signal.reason : failed.signal.reason
  return { keys, costs }
}

const digestOf = (asked: unknown): string => createHash('sha256').update(JSON.stringify(asked)).digest('hex')
