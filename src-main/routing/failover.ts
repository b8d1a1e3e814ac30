import type { ChainName, FallbackPolicy } from '@contract/entities/preset'
import { FabulaError, ModelError, ProviderError, TokenError, type ErrorCode } from '@contract/errors'
import type { ModelConfigId, RoleId, StoryId, TurnId } from '@contract/ids'
import type { ModelSettings } from '@contract/entities/model-config'
import type { JsonObject } from '@contract/values'
import type { Stores } from '@main/data/stores'
import type { ChatMessage } from '@main/providers/spec/chat'
import { isLoopback } from '@main/settings/provider-directory'
import type { CallPlan, CallPlanner } from './call-plan'
import type { CallEvent, ChatCaller } from './chat-call'

export interface FailoverCall {
  role: RoleId
  settings: ModelSettings
  fallback: FallbackPolicy
  /** A prompt for the model that is called: each has its own window. */
  messages: (plan: CallPlan) => readonly ChatMessage[]
  responseSchema?: JsonObject
  turnId: TurnId | null
  storyId: StoryId | null
  signal: AbortSignal
}

export interface Failover {
  /** The first plan that can be made: the role's own, else one of its fallbacks. Throws why the role's own cannot. */
  plan(call: Pick<FailoverCall, 'role' | 'settings' | 'fallback'>): CallPlan
  /** Calls the role's model and, while no text has come, the models of the chain that belongs to each failure. */
  chat(call: FailoverCall): AsyncGenerator<CallEvent>
}

/** Which chain a failure leads to; null for those that another model cannot help. */
export function chainFor(code: ErrorCode): ChainName | null {
  switch (code) {
    case ProviderError.ContextExceeded:
      return 'contextOverflow'
    case ProviderError.Refused:
      return 'refusals'
    case ProviderError.Unreachable:
    case ProviderError.TimedOut:
    case ProviderError.Unauthorized:
    case ProviderError.PaymentRequired:
    case ProviderError.RateLimited:
    case ProviderError.Overloaded:
    case ProviderError.ModelNotFound:
    case ProviderError.RequestRejected:
    case ProviderError.ServerFailed:
    case ProviderError.BadAnswer:
    case ProviderError.EmptyAnswer:
    case ModelError.Disabled:
    case TokenError.NoneUsable:
    case TokenError.NeedsKey:
      return 'errors'
    default:
      return null
  }
}

/** A model that runs on this computer or network, and costs nothing. */
export function runsLocally({ provider, server, facts }: CallPlan): boolean {
  if (facts) return facts.local
  const address = server?.url ?? provider.baseUrl
  return provider.definition.local || (address !== null && isLoopback(address))
}

/** A model whose price is not known to be zero, and that does not run here. */
const mayCost = (plan: CallPlan): boolean => {
  const price = plan.facts?.price
  return !runsLocally(plan) && !(price && price.input === 0 && price.output === 0)
}

export function createFailover(ports: { stores: Stores; planner: CallPlanner; chat: ChatCaller }): Failover {
  const { stores, planner, chat } = ports

  type Tried = Set<ModelConfigId>

  /** The next model of the chain for a failure; null when the chain is at its end or consent for a paid one is missing. */
  const next = (
    failure: unknown,
    from: CallPlan | null,
    { role, fallback }: Pick<FailoverCall, 'role' | 'fallback'>,
    tried: Tried
  ): CallPlan | null => {
    const name = failure instanceof FabulaError ? chainFor(failure.code) : null
    if (!name) return null
    for (const id of fallback.chains[name]) {
      const config = tried.has(id) ? null : stores.modelConfigs.get(id)
      if (!config) continue
      tried.add(id)
      try {
        const plan = planner(role, config.settings)
        const needsConsent = from !== null && runsLocally(from) && mayCost(plan)
        if (!needsConsent || fallback.allowPaid) return plan
      } catch (error) {
        // A fallback without a usable key is passed over: the failure that led here is the one to show.
        if (!(error instanceof FabulaError)) throw error
      }
    }
    return null
  }

  const first = (call: Pick<FailoverCall, 'role' | 'settings' | 'fallback'>, tried: Tried): CallPlan => {
    try {
      return planner(call.role, call.settings)
    } catch (error) {
      const plan = next(error, null, call, tried)
      if (!plan) throw error
      return plan
    }
  }

  return {
    plan: (call) => first(call, new Set()),
    chat: async function* (call) {
      const tried: Tried = new Set()
      const { role, turnId, storyId } = call
      const purpose = { role, turnId, storyId, attempts: 0 }
      let plan: CallPlan = first(call, tried)
      for (;;) {
        let spoke = false
        try {
          const { responseSchema, signal } = call
          const stream = chat({
            plan,
            messages: call.messages(plan),
            purpose,
            signal,
            ...(responseSchema ? { responseSchema } : {}),
          })
          for await (const event of stream) {
            if (event.type === 'text') spoke = true
            yield event
          }
          return
        } catch (error) {
          const following: CallPlan | null = spoke || call.signal.aborted ? null : next(error, plan, call, tried)
          if (!following) throw error
          plan = following
        }
      }
    },
  }
}
