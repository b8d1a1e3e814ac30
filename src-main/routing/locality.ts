import type { Model } from '@contract/entities/model'
import { isLoopback } from '@contract/addresses'
import type { KnownProvider } from '@main/settings/provider-directory'
import type { CallPlan } from './call-plan'

/** A price that something is paid by. */
export const costs = (price: Model['price']): boolean => price !== null && (price.input > 0 || price.output > 0)

/** Whether a model of a provider, asked at an address, runs on this computer or network and costs nothing. */
export function isLocal(provider: KnownProvider, address: string | null, facts: Model | null): boolean {
  // Behind an address of this computer may stand a way to models that are paid.
  if (facts && costs(facts.price)) return false
  if (provider.definition.local) return facts?.local ?? true
  return address !== null && isLoopback(address)
}

/** The same of a planned call. */
export const runsLocally = ({ provider, server, facts }: CallPlan): boolean =>
  isLocal(provider, server?.url ?? provider.baseUrl, facts)
