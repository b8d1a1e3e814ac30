import type { ChainName, FallbackPolicy } from '@contract/entities/preset'
import {
  FabulaError,
  ModelError,
  ProviderError,
  ServerError,
  TokenError,
  VaultError,
  type ErrorCode,
} from '@contract/errors'
import type { ModelConfigId, RoleId } from '@contract/ids'
import type { CallPurpose } from '@contract/entities/usage'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Stores } from '@main/data/stores'
import type { ChatMessage, ResponseFormat, TextMessage, ToolOffer } from '@main/providers/spec/chat'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { CallPlan, CallPlanner } from './call-plan'
import type { CallEvent, ChatCaller } from './chat-call'
import type { CallAccount } from './ledger'
import { costs, isLocal, runsLocally } from './locality'

export interface FailoverCall<Message extends ChatMessage = TextMessage> extends ToolOffer {
  /** The role that works; null where no role of a story does. */
  role: RoleId | null
  settings: ModelSettings
  fallback: FallbackPolicy
  /** The first model is asked at this address; see `CallPlanner`. */
  at?: { url: string }
  /** The settings that a model is asked with, where they are not those of its plan: what is said over those of any model. */
  over?: (plan: CallPlan) => ModelSettings
  /** A prompt for the model that is called: each has its own window. `held`: the answer is held to the schema. */
  messages: (plan: CallPlan, held: boolean) => readonly Message[] | Promise<readonly Message[]>
  /**
   * What the provider is to hold the answer to, by the model that is called. Where it refuses the request, the same model is
   * asked once more without.
   */
  responseFormat?: (plan: CallPlan) => ResponseFormat | null
  /** The answer is of no use without its format: a request that is refused is a failure like any other. */
  formatRequired?: boolean
  /** A reader sees the answer as it comes; see `ChatCall`. */
  visible: boolean
  purpose: CallPurpose
  signal: AbortSignal
}

/** What decides which models a call may go to. */
export type PlannedCall = Pick<FailoverCall, 'role' | 'settings' | 'fallback' | 'at'>

export interface Failover {
  /** The first plan that can be made: the role's own, else one of its fallbacks. Throws why the role's own cannot. */
  plan(call: PlannedCall): CallPlan
  /** Calls the role's model and, while a reader has seen nothing, the models of the chain that belongs to each failure. */
  chat<Message extends ChatMessage = TextMessage>(call: FailoverCall<Message>): AsyncGenerator<CallEvent<Message>>
}

/**
 * Which chain a failure leads to; null for those that another model cannot help. A locked vault leads along `errors`, to
 * models of this computer alone, and only where the user allows it.
 */
export function chainFor(code: ErrorCode): ChainName | null {
  switch (code) {
    case ProviderError.ContextExceeded:
      return 'contextOverflow'
    case ProviderError.Refused:
      return 'refusals'
    case ProviderError.Unreachable:
    case ProviderError.BrokeOff:
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
    case ProviderError.TooLarge:
    case ProviderError.Blocked:
    case ModelError.Disabled:
    case TokenError.NoneUsable:
    case TokenError.NeedsKey:
    case TokenError.ChooseKey:
    case ServerError.Inactive:
    case ServerError.NeedsSecret:
    case VaultError.Locked:
      return 'errors'
    default:
      return null
  }
}

/** A model whose price is not known to be zero, and that does not run here. */
const mayCost = (plan: CallPlan): boolean => (plan.facts?.price ? costs(plan.facts.price) : !runsLocally(plan))

const isRejected = (error: unknown): boolean =>
  error instanceof FabulaError && error.code === ProviderError.RequestRejected

/** How far a call has come through the chains. */
interface FallbackState {
  tried: Set<ModelConfigId>
  /** A model of this computer was to do the work: nothing that costs may follow without consent, however late. */
  local: boolean
  /** The vault was found locked: only models of this computer may follow. */
  locked: boolean
}

export function createFailover(ports: {
  stores: Stores
  directory: ProviderDirectory
  planner: CallPlanner
  chat: ChatCaller
}): Failover {
  const { stores, directory, planner, chat } = ports

  /** Whether settings mean a model that runs here, also where it cannot be called now. */
  const meansLocal = ({ providerId, serverId, model }: ModelSettings): boolean => {
    const provider = providerId && directory.find(providerId)
    if (!provider) return false
    const known = model ? stores.models.named(provider.id, model) : []
    const [facts = null] = serverId ? known.filter((one) => one.serverId === serverId) : known
    return isLocal(provider, facts)
  }

  const stateFrom = ({ settings }: Pick<PlannedCall, 'settings'>): FallbackState => ({
    tried: new Set(),
    local: meansLocal(settings),
    locked: false,
  })

  /** The next model of the chain for a failure; null when the chain is at its end or consent for a paid one is missing. */
  const next = (
    failure: unknown,
    { role, fallback }: Pick<PlannedCall, 'role' | 'fallback'>,
    state: FallbackState
  ): CallPlan | null => {
    const name = failure instanceof FabulaError ? chainFor(failure.code) : null
    state.locked ||= failure instanceof FabulaError && failure.code === VaultError.Locked
    if (!name || (state.locked && !fallback.localWhenLocked)) return null
    for (const id of fallback.chains[name]) {
      const config = state.tried.has(id) ? null : stores.modelConfigs.get(id)
      if (!config) continue
      state.tried.add(id)
      try {
        const plan = planner(role, config.settings)
        if (state.locked && !runsLocally(plan)) continue
        if (!state.local || fallback.allowPaid || !mayCost(plan)) return plan
      } catch (error) {
        // A fallback without a usable key is passed over: the failure that led here is the one to show.
        if (!(error instanceof FabulaError)) throw error
      }
    }
    return null
  }

  const first = (call: PlannedCall, state: FallbackState): CallPlan => {
    try {
      return planner(call.role, call.settings, call.at)
    } catch (error) {
      const plan = next(error, call, state)
      if (!plan) throw error
      return plan
    }
  }

  return {
    plan: (call) => first(call, stateFrom(call)),
    chat: async function* <Message extends ChatMessage>(
      call: FailoverCall<Message>
    ): AsyncGenerator<CallEvent<Message>> {
      const state = stateFrom(call)
      const account: CallAccount = { purpose: call.purpose, attempts: 0 }
      let plan: CallPlan = first(call, state)
      let formatRefused = false
      for (;;) {
        let wasSeen = false
        state.local ||= runsLocally(plan)
        const format: ResponseFormat | null = formatRefused ? null : (call.responseFormat?.(plan) ?? null)
        try {
          const { visible, signal, tools, toolChoice, parallelToolCalls } = call
          const stream = chat({
            plan: call.over ? { ...plan, settings: call.over(plan) } : plan,
            messages: await call.messages(plan, format !== null),
            visible,
            account,
            signal,
            tools,
            toolChoice,
            parallelToolCalls,
            ...(format ? { responseFormat: format } : {}),
          })
          for await (const event of stream) {
            if (event.type === 'text' || event.type === 'toolCall') wasSeen = visible
            yield event
          }
          return
        } catch (error) {
          const mayAskWithout: boolean = format !== null && !call.formatRequired && !wasSeen
          formatRefused = mayAskWithout && !call.signal.aborted && isRejected(error)
          if (formatRefused) continue
          const following: CallPlan | null = wasSeen || call.signal.aborted ? null : next(error, call, state)
          if (!following) throw error
          plan = following
        }
      }
    },
  }
}
