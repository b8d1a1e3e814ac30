import type { ProviderLimits } from '@contract/entities/provider'
import type { ServerId } from '@contract/ids'
import type { ServerRow } from '@main/data/server-store'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import type { CallPlan } from './call-plan'
import { better, isSameRank, serverKey } from './server-choice'
import type { Resource, SlotOption, Slots } from './slots'

/** A call that may go now. */
export interface Admitted {
  /** The plan with the server that the call goes to. */
  plan: CallPlan
  /** Must be called when the call is over. */
  free: () => void
}

/** Lets calls go when there is room: with the provider, with the token, and at one of the servers that can take them. */
export interface Admission {
  /**
   * Waits until there is room; rejects with the signal's reason.
   * @param without servers that this call has found dead
   */
  admit(plan: CallPlan, token: TokenRow | null, without: ReadonlySet<ServerId>, signal: AbortSignal): Promise<Admitted>
}

interface ServerOption extends SlotOption {
  server: ServerRow
}

export function createAdmission(ports: { stores: Stores; slots: Slots }): Admission {
  const { stores, slots } = ports

  /**
   * The servers of a plan as they stand now, the best first. Those that are no better than unavailable are offered only
   * when none is better: a call waits for a server that lives rather than try a dead one.
   */
  const serversNow = (plan: CallPlan, without: ReadonlySet<ServerId>): ServerRow[] => {
    const rows = plan.servers.flatMap((one) => (without.has(one.id) ? [] : (stores.servers.get(one.id) ?? [])))
    const ranked = rows
      .filter(({ active }) => active)
      .map((row) => ({ row, hasModel: true, load: slots.running(serverKey(row.id)) }))
      .toSorted(better)
      .map(({ row }) => row)
    const [first] = ranked
    if (first) return ranked.filter((row) => isSameRank(row, first))
    // One that is not saved, or all of them gone while the call waited: then the plan stands as it was made.
    return plan.servers.slice(0, 1)
  }

  return {
    admit: async (plan, token, without, signal) => {
      // Limits are looked up whenever it may go on: the user may have changed them while the call waits.
      const resources = () =>
        resourcesOf(plan, stores.providers.get(plan.provider.id)?.limits ?? plan.provider.row.limits, token)
      if (plan.servers.length === 0) {
        const { free } = await slots.takeOneOf(() => [{ resources: resources() }], signal)
        return { plan, free }
      }
      const options = (): ServerOption[] =>
        serversNow(plan, without).map((server) => ({
          server,
          resources: [...resources(), { key: serverKey(server.id), limit: server.max_concurrent }],
        }))
      const { option, free } = await slots.takeOneOf(options, signal)
      const { server } = option
      if (server.id === plan.server?.id) return { plan: { ...plan, server }, free }
      return { plan: { ...plan, server, facts: stores.models.find(plan.provider.id, server.id, plan.model) }, free }
    },
  }
}

const resourcesOf = (
  { provider }: CallPlan,
  { total, perToken }: ProviderLimits,
  token: TokenRow | null
): Resource[] => [
  { key: `provider:${provider.id}`, limit: total },
  ...(token ? [{ key: `token:${token.id}`, limit: perToken }] : []),
]
