import { fieldsOf } from '@contract/schema/setting-fields'
import { nameKey } from '@contract/names'
import type { JsonObject } from '@contract/values'
import { badField } from '@main/gateway/api-error'
import { mediaParameters } from '@main/providers/kit/media-parameters'
import type { MediaAdapter, SoundFormat } from '@main/providers/spec/media'
import type { SpeakingModel } from './speech-model'
import type { SpeechBody } from './speech-request'

/** What is asked of a model that speaks, in its own words. */
export interface SpeechAsked {
  text: string
  voice: string | null
  format: SoundFormat
  /** The provider sends the format itself. */
  isNative: boolean
  parameters: JsonObject
  /** Of the request, for headers. */
  settings: JsonObject
  /** What the model does not take. */
  dropped: string[]
}

/** Formats that are made of samples here. */
const OWN: readonly SoundFormat[] = ['wav', 'pcm']

/** Reads what a program asks of a model; throws the ApiError of what the model does not have. */
export function speechAsked(body: SpeechBody, model: SpeakingModel, adapter: MediaAdapter): SpeechAsked {
  const { voice: usual, ...ofStage } = model.settings
  const known = new Set(fieldsOf(model.media.settingsSchema).map(({ key }) => key))
  const said = Object.entries({ speed: body.speed, instructions: body.instructions }).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const]
  )
  const settings = { ...ofStage, ...Object.fromEntries(said.filter(([name]) => known.has(name))) }
  const { voice: _voice, ...parameters } = mediaParameters(model.media, settings)
  return {
    text: body.input,
    voice: voiceOf(body, model) ?? (typeof usual === 'string' ? usual : null),
    ...formatOf(body, adapter.speakAs ? (adapter.formats?.(model.media) ?? []) : [], model),
    parameters,
    settings,
    dropped: said.flatMap(([name]) => (known.has(name) ? [] : name)),
  }
}

function voiceOf({ voice }: SpeechBody, { facts, model }: SpeakingModel): string | null {
  if (!voice) return null
  const wanted = typeof voice === 'string' ? voice : voice.id
  const voices = facts.voices ?? null
  if (!voices) return wanted
  const found = voices.find(({ id, name }) => nameKey(id) === nameKey(wanted) || nameKey(name) === nameKey(wanted))
  if (found) return found.id
  const names = voices.slice(0, 40).map(({ id }) => id)
  throw badField('voice', `\`${model}\` has no voice \`${wanted}\`. It has ${names.join(', ')}.`)
}

function formatOf(
  { response_format: asked, input }: SpeechBody,
  native: readonly SoundFormat[],
  { model, facts: { longestText } }: SpeakingModel
): Pick<SpeechAsked, 'format' | 'isNative'> {
  const format = asked ?? (native.includes('mp3') ? 'mp3' : 'wav')
  const fits = input.length <= (longestText ?? input.length)
  if (fits && native.includes(format)) return { format, isNative: true }
  // What is longer than the model takes is divided; only samples can be joined again without a loss.
  if (OWN.includes(format)) return { format, isNative: false }
  if (native.includes(format))
    throw badField(
      'input',
      `\`input\` has ${input.length} characters, and \`${model}\` takes at most ${longestText} at once. Shorten it, or ask for ${OWN.join(' or ')}: there Fabula divides it.`,
      'string_above_max_length'
    )
  const others = [...new Set([...native, ...OWN])].join(', ')
  throw badField('response_format', `This model’s voices do not come as ${format}. Ask for one of these: ${others}.`)
}
