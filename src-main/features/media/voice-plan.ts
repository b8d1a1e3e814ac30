import type { MediaRequest, SpokenPart } from '@contract/entities/media'
import { CommonError, FabulaError } from '@contract/errors'
import { sliced } from '@main/platform/sliced'
import { languageOf } from '@main/speech/language-of'
import { piecesOf, type SpokenText } from '@main/speech/pieces'
import { spokenCost, spokenMs } from '@main/speech/spoken-cost'
import type { StageConfig } from '@main/settings/stage-config'
import type { MakingPlan } from './maker'

/** A text as it is asked for. Throws `bad_input` for one in which there is nothing to say. */
export async function spokenText(
  text: string,
  parts: readonly SpokenPart[],
  { listed }: StageConfig,
  signal?: AbortSignal
): Promise<SpokenText> {
  const dividing = piecesOf(text, parts, { longest: listed?.longestText ?? null, language: languageOf(text) })
  const spoken = await sliced(dividing, signal)
  if (spoken.pieces.length === 0)
    throw new FabulaError(CommonError.BadInput, 'There is nothing in the text that can be said', {
      details: { path: 'text' },
    })
  return spoken
}

/** What saying a piece costs, in US dollars; null where the price is not known. */
export const pieceCost = (text: string, { listed, provider, settings }: StageConfig): number | null =>
  spokenCost(text, { local: provider.local, price: listed?.price ?? null, settings: settings.own })

export async function voicePlan(
  { text }: Pick<MediaRequest, 'text'>,
  parts: SpokenPart[],
  config: StageConfig
): Promise<MakingPlan> {
  const { pieces } = await spokenText(text, parts, config)
  const costs = pieces.map((piece) => pieceCost(piece.text, config))
  const known = costs.filter((cost) => cost !== null)
  return {
    characters: pieces.reduce((sum, piece) => sum + piece.text.length, 0),
    requests: pieces.length,
    cost: known.length === costs.length ? known.reduce((sum, cost) => sum + cost, 0) : null,
    durationMs: Math.round(
      pieces.reduce((sum, piece) => sum + piece.pauseMs + spokenMs(piece.text, config.settings.own), 0)
    ),
    parts,
  }
}
