import type { MediaId } from '@contract/ids'
import type { MediaFolder } from '@main/data/media-folder'
import type { PieceCost } from '@main/data/voice-pieces'
import { readWav } from '@main/providers/kit/wav'
import { mediaAdapterFor } from '@main/providers/media/registry'
import type { StageConfig } from '@main/settings/stage-config'
import { spokenFile } from '@main/speech/spoken-file'
import type { Mono } from '@main/speech/sound'
import type { Made, MediaMaker } from './maker'
import type { ToldParts } from './told-parts'
import { speakPieces, type Speaking, type VoicePorts } from './speak-pieces'
import { spokenText, voicePlan } from './voice-plan'

/**
 * Makes voices: the text is divided into pieces of one voice each, which are asked for and joined into one WAV file. A piece
 * that came is kept until the whole is there, so that what was cut off goes on, and nothing is paid twice.
 */
export function createVoiceMaker(ports: VoicePorts & { folder: MediaFolder; toldParts: ToldParts }): MediaMaker {
  const { ways, pieces: kept, folder, toldParts } = ports

  const speakingOf = async ({ media, stage }: StageConfig): Promise<Speaking> => {
    if (!media) throw new Error(`Nobody speaks at ${stage.id}`)
    const { id, speak } = await mediaAdapterFor(media.adapter)
    if (!speak) throw new Error(`The adapter ${id} does not speak`)
    return { speak, media }
  }
  const soundOf = async (id: MediaId, key: string): Promise<Mono> => {
    const sound = readWav(await kept.read(id, key))
    if (typeof sound !== 'string') return sound
    await kept.drop(id, key)
    throw new Error(`A piece of the voice ${id} cannot be read, and is asked for anew the next time`)
  }

  return {
    plan: async (request, config) => {
      ways.planFor(config)
      const { text, storyId } = request
      const voices = config.listed?.voices?.map(({ id }) => id) ?? null
      const { id: providerId } = config.provider
      const parts = request.parts ?? (await toldParts({ text, storyId, providerId, voices }))
      return voicePlan(request, parts, config)
    },

    make: async (making): Promise<Made> => {
      const { item, config, report, signal } = making
      const spoken = await spokenText(item.text, item.parts, config, signal)
      const { keys, costs } = await speakPieces(ports, making, await speakingOf(config), spoken.pieces)
      report({ phase: 'finishing', done: null, words: '' })
      const whole = await spokenFile(item.text, spoken, (index) => soundOf(item.id, keys[index] ?? ''))
      signal.throwIfAborted()
      const file = await folder.add(whole.bytes(), config.provider.name)
      return { file, words: '', sentences: whole.sentences, title: null, further: [], ...sumOf(costs) }
    },

    forget: kept.remove,
  }
}

/** What all pieces cost together; unknown where one of them is. */
function sumOf(costs: readonly PieceCost[]): PieceCost {
  const known = costs.flatMap(({ cost }) => (cost === null ? [] : [cost]))
  if (known.length < costs.length) return { cost: null, costSource: null }
  const isTold = costs.every(({ costSource }) => costSource === 'provider')
  return { cost: known.reduce((sum, cost) => sum + cost, 0), costSource: isTold ? 'provider' : 'price' }
}
