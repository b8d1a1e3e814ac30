import type { MediaRequest } from '@contract/entities/media'
import type { Call } from '@contract/entities/usage'
import { FabulaError, MediaError } from '@contract/errors'
import { mediaCost } from '@contract/media-price'
import type { StageConfig } from '@main/settings/stage-config'
import type { MakingPlan } from './maker'

/** The setting that says how long a song or a film is to be, in seconds: a number, or a text that is one. */
const DURATION = 'duration'

function secondsOf({ settings }: Pick<StageConfig, 'settings'>): number | null {
  const given = settings.own[DURATION]
  const seconds = typeof given === 'string' ? Number(given) : given
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : null
}

/** US dollars by the price of the list; null where that is not known. */
export const costOf = (text: string, config: StageConfig): number | null =>
  mediaCost(
    { local: config.provider.local, price: config.listed?.price ?? null },
    { characters: text.length, seconds: secondsOf(config) }
  )

/** The same as the ledger has it. */
export function priced(text: string, config: StageConfig): Pick<Call, 'cost' | 'costSource'> {
  const cost = costOf(text, config)
  return { cost, costSource: cost === null ? null : 'price' }
}

/** A song and a scene are asked for as a whole. Throws `media_text_too_long` for one that the model is known not to take. */
export function refuseTooLong(text: string, { listed, provider, model }: StageConfig): void {
  const limit = listed?.longestText ?? null
  if (limit === null || text.length <= limit) return
  throw new FabulaError(MediaError.TextTooLong, `${model} takes ${limit} characters, and not ${text.length}`, {
    details: { path: 'text', provider: provider.name, model: listed?.name ?? model, length: text.length, limit },
  })
}

export function planOf({ text }: MediaRequest, config: StageConfig): MakingPlan {
  const seconds = secondsOf(config)
  return {
    characters: text.length,
    requests: 1,
    cost: costOf(text, config),
    durationMs: seconds === null ? null : Math.round(seconds * 1000),
    parts: [],
  }
}
