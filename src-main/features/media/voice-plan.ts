import type { MediaRequest, SpokenPart } from '@contract/entities/media'
import { CommonError, FabulaError } from '@contract/errors'
import { languageOf } from '@main/speech/language-of'
import { piecesOf, type SpokenText } from '@main/speech/pieces'
import type { StageConfig } from '@main/settings/stage-config'
import type { MakingPlan } from './maker'

/** Characters that a voice reads in a second at the usual speed. */
const CHARACTERS_PER_SECOND = 14.5

/** A text as it is asked for. Throws `bad_input` for one in which there is nothing to say. */
export function spokenText(text: string, parts: readonly SpokenPart[], { listed }: StageConfig): SpokenText {
  const spoken = piecesOf(text, parts, { longest: listed?.longestText ?? null, language: languageOf(text) })
  if (spoken.pieces.length === 0)
    throw new FabulaError(CommonError.BadInput, 'There is nothing in the text that can be said', {
      details: { path: 'text' },
    })
  return spoken
}

/** US dollars for so many characters in one request; null where the price is not known. What this computer says costs nothing. */
export function spokenCost(text: string, config: StageConfig): number | null {
  const { listed, provider } = config
  if (provider.local) return 0
  const price = listed?.price
  if (!price) return null
  switch (price.unit) {
    case 'piece':
      return price.dollars
    case 'millionCharacters':
      return (text.length / 1_000_000) * price.dollars
    case 'second':
      return (spokenMs(text, config) / 1_000) * price.dollars
  }
}

export function voicePlan({ text }: Pick<MediaRequest, 'text'>, parts: SpokenPart[], config: StageConfig): MakingPlan {
  const { pieces } = spokenText(text, parts, config)
  const costs = pieces.map((piece) => spokenCost(piece.text, config))
  const known = costs.filter((cost) => cost !== null)
  return {
    characters: pieces.reduce((sum, piece) => sum + piece.text.length, 0),
    requests: pieces.length,
    cost: known.length === costs.length ? known.reduce((sum, cost) => sum + cost, 0) : null,
    durationMs: Math.round(pieces.reduce((sum, piece) => sum + piece.pauseMs + spokenMs(piece.text, config), 0)),
    parts,
  }
}

function spokenMs(text: string, { settings }: StageConfig): number {
  const { speed } = settings.own
  return (text.length / CHARACTERS_PER_SECOND / (typeof speed === 'number' && speed > 0 ? speed : 1)) * 1_000
}
