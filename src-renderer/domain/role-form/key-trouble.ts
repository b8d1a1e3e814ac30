import type { Provider } from '@contract/entities/provider'
import type { Token } from '@contract/entities/token'
import type { TokenId } from '@contract/ids'

/** Why no key can be used: none is there, none is chosen, or what is wrong with the first one. */
export type KeyTrouble =
  | { problem: 'noKey' | 'chooseKey'; token: null }
  | { problem: 'keyRests' | 'keyExhausted' | 'keyInvalid' | 'keyGone'; token: Token }

const problemOf = (token: Token, now: number): KeyTrouble | null => {
  if (token.needsKey) return { problem: 'keyGone', token }
  if (token.state === 'exhausted') return { problem: 'keyExhausted', token }
  if (token.state === 'invalid') return { problem: 'keyInvalid', token }
  const rests = token.state === 'cooling' && token.coolingUntil !== null && Date.parse(token.coolingUntil) > now
  return rests ? { problem: 'keyRests', token } : null
}

/**
 * Why a model of a provider cannot be asked for want of a key; null when one can be used, or none is needed.
 *
 * @param chosen the keys that may be used; any key of the provider, when undefined
 * @param now milliseconds since the epoch
 */
export function keyTrouble(
  provider: Pick<Provider, 'id' | 'keyRequired'>,
  chosen: readonly TokenId[] | undefined,
  tokens: readonly Token[],
  now = Date.now()
): KeyTrouble | null {
  const own = tokens.filter(({ providerId }) => providerId === provider.id)
  const usable = chosen ? own.filter(({ id }) => chosen.includes(id)) : own
  if (usable.length === 0) {
    if (chosen) return { problem: 'chooseKey', token: null }
    return provider.keyRequired ? { problem: 'noKey', token: null } : null
  }
  const problems = usable.map((token) => problemOf(token, now))
  return problems.includes(null) ? null : (problems[0] ?? null)
}
