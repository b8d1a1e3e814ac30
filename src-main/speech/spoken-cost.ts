import type { MediaPrice } from '@contract/entities/stage'
import { mediaCost } from '@contract/media-price'
import type { JsonObject } from '@contract/values'

/** Characters that a voice reads in a second at the usual speed. */
const CHARACTERS_PER_SECOND = 14.5

/** About how long a text takes to say, in milliseconds. */
export function spokenMs(text: string, { speed }: JsonObject): number {
  return (text.length / CHARACTERS_PER_SECOND / (typeof speed === 'number' && speed > 0 ? speed : 1)) * 1_000
}

/** What saying a text depends on. */
export interface SpokenBy {
  /** On this computer, which costs nothing. */
  local: boolean
  /** By the provider's list; null where it is not known. */
  price: MediaPrice | null
  /** Of the voice: its `speed`, where it has one, is a factor of the usual. */
  settings: JsonObject
}

/** US dollars for so many characters in one request; null where the price is not known. */
export const spokenCost = (text: string, { local, price, settings }: SpokenBy): number | null =>
  mediaCost({ local, price }, { characters: text.length, seconds: spokenMs(text, settings) / 1_000 })
