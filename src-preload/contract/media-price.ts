import type { MediaPrice } from './entities/stage'

/**
 * What one thing costs in US dollars; null where the price, or how long the thing is, is not known. What this computer makes
 * costs nothing.
 */
export function mediaCost(
  { local, price }: { local: boolean; price: MediaPrice | null },
  { characters, seconds }: { characters: number; seconds: number | null }
): number | null {
  if (local) return 0
  switch (price?.unit) {
    case 'piece':
      return price.dollars
    case 'millionCharacters':
      return (characters / 1_000_000) * price.dollars
    case 'second':
      return seconds === null ? null : seconds * price.dollars
    case undefined:
      return null
  }
}
