import type { MediaRow } from '@main/data/stored-media'
import type { Connection } from '@main/providers/spec/protocol'
import type { CallPlan, CallPlanner } from '@main/routing/call-plan'
import type { Connections } from '@main/routing/connections'
import type { CallAccount } from '@main/routing/ledger'
import type { StageConfig } from '@main/settings/stage-config'

/** How the provider of a stage is reached. */
export interface JobWays {
  /**
   * For a request that is paid; throws what stands in the way of one. A provider that takes its time over the answer has it.
   * `retries`: how often the same is asked for again after a failure that may pass, 0 unless said.
   */
  planFor(config: StageConfig, more?: { longestMs?: number; retries?: number }): CallPlan
  /** To a job that was submitted: its key may rest by now, which says nothing about looking. */
  wayTo(config: StageConfig): Connection
  /** What the ledger notes a request under. */
  accountOf(item: Pick<MediaRow, 'stage' | 'storyId'>): CallAccount
}

export function createJobWays(ports: { planner: CallPlanner; connections: Pick<Connections, 'forPlan'> }): JobWays {
  const { planner, connections } = ports
  return {
    planFor: ({ provider, token, model, settings }, { longestMs, retries = 0 } = {}) =>
      planner(null, {
        providerId: provider.id,
        model,
        ...(token ? { tokenIds: [token.id] } : {}),
        settings: settings.own,
        retries,
        ...(longestMs === undefined ? {} : { timeouts: { firstTokenMs: longestMs } }),
      }),
    wayTo: ({ provider, token, model, settings }) =>
      connections.forPlan(
        { provider, model, facts: null, servers: [], server: null, tokens: [], settings: { settings: settings.own } },
        token
      ),
    accountOf: ({ stage, storyId }) => ({ purpose: { kind: 'media', stage, storyId }, attempts: 0 }),
  }
}
