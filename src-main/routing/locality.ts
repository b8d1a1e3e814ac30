import type { Model } from '@contract/entities/model'
import { runsHere } from '@contract/locality'
import type { KnownProvider } from '@main/settings/provider-directory'
import type { CallPlan } from './call-plan'

export { costs } from '@contract/locality'

/** Whether a model of a provider runs on this computer or network and costs nothing. */
export const isLocal = ({ definition, row, local }: KnownProvider, facts: Model | null): boolean =>
  runsHere(
    { builtIn: row.builtIn, local, servers: definition.servers, flavour: row.flavour, saidLocal: row.saidLocal },
    facts
  )

/** The same of a planned call. */
export const runsLocally = ({ provider, facts }: Pick<CallPlan, 'provider' | 'facts'>): boolean =>
  isLocal(provider, facts)
