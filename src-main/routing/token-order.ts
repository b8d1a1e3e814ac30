import type { TokenStrategy } from '@contract/entities/model-config'

/**
 * The order in which tokens are tried: as given (`failover`), from the next one on, going round (`sequential`), or
 * shuffled (`random`).
 *
 * @param turn how many calls this list has served before
 * @param random 0 to 1, as `Math.random`
 */
export function orderTokens<Token>(
  tokens: readonly Token[],
  strategy: TokenStrategy,
  turn: number,
  random: () => number
): Token[] {
  switch (strategy) {
    case 'failover':
      return [...tokens]
    case 'sequential': {
      const start = tokens.length === 0 ? 0 : turn % tokens.length
      return [...tokens.slice(start), ...tokens.slice(0, start)]
    }
    case 'random': {
      const rest = [...tokens]
      const shuffled: Token[] = []
      while (rest.length > 0) shuffled.push(...rest.splice(Math.floor(random() * rest.length), 1))
      return shuffled
    }
  }
}
