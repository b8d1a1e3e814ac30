import type { Simulation, SimulatedFailure, SimulationTarget } from '@contract/entities/usage'
import { ProviderError } from '@contract/errors'
import type { ProviderId, TokenId } from '@contract/ids'
import { ProviderFailure } from '@main/providers/spec/failure'

/** Failures that the user asked for, to see what keys and fallbacks do. They end with the session. */
export interface Simulations {
  list(): Simulation[]
  set(target: SimulationTarget, failure: SimulatedFailure | null): void
  /** Throws the failure that is simulated for a call, if one is. */
  throwIfSimulated(call: { providerId: ProviderId; provider: string; model: string; tokenId: TokenId | null }): void
}

/** What the simulated failures have that real ones of their kind have. */
const facts: Record<SimulatedFailure, { status?: number; retryable?: boolean; retryAfterMs?: number }> = {
  [ProviderError.Unauthorized]: { status: 401 },
  [ProviderError.PaymentRequired]: { status: 402 },
  [ProviderError.RateLimited]: { status: 429, retryable: true, retryAfterMs: 30_000 },
  [ProviderError.Overloaded]: { status: 503, retryable: true },
  [ProviderError.TimedOut]: { retryable: true },
  [ProviderError.Unreachable]: { retryable: true },
  [ProviderError.ContextExceeded]: { status: 400 },
  [ProviderError.Refused]: { status: 200 },
  [ProviderError.EmptyAnswer]: { status: 200, retryable: true },
}

/** Whether the user asked for a failure. Nothing that lasts may be concluded from one. */
export const isSimulated = ({ details }: ProviderFailure): boolean => details['reason'] === SIMULATED

const SIMULATED = 'simulated'

const keyOf = (target: SimulationTarget) =>
  target.kind === 'token' ? `token:${target.tokenId}` : `model:${target.providerId}/${target.model}`

export function createSimulations(): Simulations {
  const active = new Map<string, Simulation>()
  return {
    list: () => [...active.values()],
    set: (target, failure) => {
      if (failure === null) active.delete(keyOf(target))
      else active.set(keyOf(target), { target, failure })
    },
    throwIfSimulated: ({ providerId, provider, model, tokenId }) => {
      const simulation =
        (tokenId && active.get(keyOf({ kind: 'token', tokenId }))) ??
        active.get(keyOf({ kind: 'model', providerId, model }))
      if (!simulation) return
      const { retryAfterMs } = facts[simulation.failure]
      throw new ProviderFailure(simulation.failure, `${provider}: a simulated failure`, {
        ...facts[simulation.failure],
        details: {
          provider,
          model,
          reason: SIMULATED,
          ...(retryAfterMs === undefined ? {} : { seconds: retryAfterMs / 1000 }),
        },
      })
    },
  }
}
