import type { FallbackPolicy } from '@contract/entities/preset'
import { FabulaError, ModelError, ProviderError, VaultError, type ErrorCode } from '@contract/errors'
import type { ModelConfigId, RoleId } from '@contract/ids'
import type { CallPurpose } from '@contract/entities/usage'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Stores } from '@main/data/stores'
import type { ChatMessage, CompletionRequest, ResponseFormat, TextMessage, ToolOffer } from '@main/providers/spec/chat'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { CallPlan, CallPlanner } from './call-plan'
import { chainFor } from './chain-for'
import type { CallEvent, ChatCaller } from './chat-call'
import type { CompleteCaller, CompletionEvent } from './complete-call'
import type { CallAccount } from './ledger'
import { costs, isLocal, runsLocally } from './locality'

/** Whom a call may ask, and for whom. */
export interface AnyCall {
  /** The role that works; null where no role of a story does. */
  role: RoleId | null
  settings: ModelSettings
  fallback: FallbackPolicy
  /** The first model is asked at this address; see `CallPlanner`. */
  at?: { url: string }
  /** The settings that a model is asked with, where they are not those of its plan: what is said over those of any model. */
  over?: (plan: CallPlan) => ModelSettings
  /** A reader sees the answer as it comes; see `ChatCall`. */
  visible: boolean
  purpose: CallPurpose
  signal: AbortSignal
}

export interface FailoverCall<Message extends ChatMessage = TextMessage> extends AnyCall, ToolOffer {
  /** A prompt for the model that is called: each has its own window. `held`: the answer is held to the schema. */
  messages: (plan: CallPlan, held: boolean) => readonly Message[] | Promise<readonly Message[]>
  /**
   * What the provider is to hold the answer to, by the model that is called. Where it refuses the request, the same model is
   * asked once more without.
   */
  responseFormat?: (plan: CallPlan) => ResponseFormat | null
  /** The answer is of no use without its format: a request that is refused is a failure like any other. */
  formatRequired?: boolean
}

/** A text that a model is to go on with. */
export type CompletionCall = AnyCall & Pick<CompletionRequest, 'prompt' | 'suffix'>

/** What decides which models a call may go to. */
export type PlannedCall = Pick<AnyCall, 'role' | 'settings' | 'fallback' | 'at'>

export interface Failover {
  /** The first plan that can be made: the role's own, else one of its fallbacks. Throws why the role's own cannot. */
  plan(call: PlannedCall): CallPlan
  /** Calls the role's model and, while a reader has seen nothing, the models of the chain that belongs to each failure. */
  chat<Message extends ChatMessage = TextMessage>(call: FailoverCall<Message>): AsyncGenerator<CallEvent<Message>>
  /** The same for a text that is gone on with. */
  complete(call: CompletionCall): AsyncGenerator<CompletionEvent>
}

/** What a story and its templates ask with: chats. */
export type ChatFailover = Pick<Failover, 'plan' | 'chat'>

/** A model whose price is not known to be zero, and that does not run here. */
const mayCost = (plan: CallPlan): boolean => (plan.facts?.price ? costs(plan.facts.price) : !runsLocally(plan))

const isRejected = (error: unknown): boolean =>
  error instanceof FabulaError && error.code === ProviderError.RequestRejected

/** Failures that say of a model that it cannot take such a request at all, before it is asked. */
const unfit: ReadonlySet<ErrorCode> = new Set([
  ModelError.NoImages,
  ModelError.NoTools,
  ProviderError.NoImageAddresses,
  ProviderError.NoCompletions,
])

const isUnfit = (error: unknown): boolean => error instanceof FabulaError && unfit.has(error.code)

/** Something of an answer that a reader can see. */
const isOfAnswer = ({ type }: CompletionEvent): boolean => type === 'text' || type === 'toolCall'

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
  complete: CompleteCaller
}): Failover {
  const { stores, directory, planner, chat, complete } = ports

  /** Whether settings mean a model that runs here, also where it cannot be called now. */
  const meansLocal = ({ providerId, serverId, model }: ModelSettings): boolean => {
    const provider = providerId && directory.find(providerId)
    if (!provider) return false
    const known = model ? stores.models.named(provider.id, model) : []
    const [facts = null] = serverId ? known.filter((one) => one.serverId === serverId) : known
    return isLocal(provider, facts)
  }

  const newState = (): FallbackState => ({ tried: new Set(), local: false, locked: false })

  /** The next model of the chain for a failure; null when the chain is at its end or consent for a paid one is missing. */
  const next = (failure: unknown, { role, settings, fallback }: PlannedCall, state: FallbackState): CallPlan | null => {
    const name = failure instanceof FabulaError ? chainFor(failure.code) : null
    state.locked ||= failure instanceof FabulaError && failure.code === VaultError.Locked
    if (!name || (state.locked && !fallback.localWhenLocked)) return null
    // Only now: most calls need no other model.
    state.local ||= meansLocal(settings)
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

  /** With `failure`, why the role's own model was not the first. */
  const first = (call: PlannedCall, state: FallbackState): { plan: CallPlan; failure: unknown } => {
    try {
      return { plan: planner(call.role, call.settings, call.at), failure: null }
    } catch (failure) {
      const plan = next(failure, call, state)
      if (!plan) throw failure
      return { plan, failure }
    }
  }

  /**
   * Asks the models of a call one after the other, as long as nothing of an answer was seen.
   *
   * @param ask asks one model
   */
  async function* alongChains<Event extends CompletionEvent>(
    call: AnyCall,
    ask: (plan: CallPlan, account: CallAccount) => AsyncIterable<Event>
  ): AsyncGenerator<Event> {
    const state = newState()
    const account: CallAccount = { purpose: call.purpose, attempts: 0 }
    let { plan, failure } = first(call, state)
    for (;;) {
      let wasSeen = false
      state.local ||= runsLocally(plan)
      try {
        for await (const event of ask(call.over ? { ...plan, settings: call.over(plan) } : plan, account)) {
          wasSeen ||= call.visible && isOfAnswer(event)
          yield event
        }
        return
      } catch (error) {
        // A backup that cannot take such a request is passed over: the failure that led to it is the one to show.
        if (failure === null || !isUnfit(error)) failure = error
        const following: CallPlan | null = wasSeen || call.signal.aborted ? null : next(failure, call, state)
        if (!following) throw failure
        plan = following
      }
    }
  }

  /** Asks one model; and once more without the format of the answer, where it refuses the request with it. */
  async function* chatWith<Message extends ChatMessage>(
    call: FailoverCall<Message>,
    plan: CallPlan,
    account: CallAccount
  ): AsyncGenerator<CallEvent<Message>> {
    const { visible, signal, tools, toolChoice, parallelToolCalls } = call
    const ask = async (responseFormat: ResponseFormat | null) =>
      chat({
        plan,
        messages: await call.messages(plan, responseFormat !== null),
        visible,
        account,
        signal,
        tools,
        toolChoice,
        parallelToolCalls,
        ...(responseFormat ? { responseFormat } : {}),
      })
    const format = call.responseFormat?.(plan) ?? null
    let wasSeen = false
    try {
      for await (const event of await ask(format)) {
        wasSeen ||= visible && isOfAnswer(event)
        yield event
      }
      return
    } catch (error) {
      if (format === null || call.formatRequired || wasSeen || signal.aborted || !isRejected(error)) throw error
    }
    yield* await ask(null)
  }

  return {
    plan: (call) => first(call, newState()).plan,
    chat: (call) => alongChains(call, (plan, account) => chatWith(call, plan, account)),
    complete: (call) =>
      alongChains(call, (plan, account) => {
        const { prompt, suffix, visible, signal } = call
        return complete({ plan, prompt, suffix, visible, account, signal })
      }),
  }
}
