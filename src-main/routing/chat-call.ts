import { FabulaError, ProviderError, TokenError } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { ServerRow } from '@main/data/server-store'
import type { TokenRow } from '@main/data/token-store'
import type { Logger } from '@main/platform/logger'
import type { Pause } from '@main/platform/pause'
import { fieldsOf } from '@main/providers/kit/fields'
import { wireParameters, type SentSetting, type WireParameters } from '@main/providers/kit/parameters'
import { requestBody } from '@main/providers/kit/request-body'
import { withoutThinkingOff } from '@main/providers/kit/thinking-off'
import { protocolFor } from '@main/providers/registry'
import type { ChatEvent, ChatMessage } from '@main/providers/spec/chat'
import { ProviderFailure } from '@main/providers/spec/failure'
import { neededContext, tokensOf, windowOf } from '@main/settings/context-window'
import { startLimits, type CallLimits } from './call-limits'
import type { CallPlan } from './call-plan'
import type { Connections } from './connections'
import { runsLocally } from './locality'
import type { ModelLessons } from './model-lessons'
import type { CallAccount, Ledger, LedgerEntry } from './ledger'
import type { Admission } from './admission'
import { isServerLost, type OnServerLost } from './server-lost'
import { isSimulated, type Simulations } from './simulations'
import { plausibleUsage } from './plausible-usage'
import { orderTokens } from './token-order'
import type { TokenRecords } from './token-records'

export interface ChatCall {
  plan: CallPlan
  messages: readonly ChatMessage[]
  responseSchema?: JsonObject
  /**
   * A reader sees the text as it comes: then a failure after the first word ends the call. Text that nobody sees, like a
   * draft, is given up instead, and the call begins anew: whoever collects it begins anew at each `attempt`.
   */
  visible: boolean
  account: CallAccount
  signal: AbortSignal
}

/** What goes out with an attempt; the protocol brings it into the form that the provider takes. */
export interface SentRequest {
  messages: readonly ChatMessage[]
  /** All settings of the request body: the definition's, the user's own fields, and those of the model. */
  parameters: JsonObject
  responseSchema: JsonObject | null
}

/** Comes before each try, with what will be sent. */
export interface AttemptEvent {
  type: 'attempt'
  plan: CallPlan
  tokenName: string | null
  /** Settings that were set but are not sent. */
  dropped: string[]
  sent: SentRequest
}

/** An attempt, and then what the model answers to it. */
export type CallEvent = AttemptEvent | ChatEvent

export type ChatCaller = (call: ChatCall) => AsyncGenerator<CallEvent>

/** Longer than this no writer waits: the failure is shown instead. */
const LONGEST_PAUSE_MS = 30_000

/**
 * The pause before another try with the same token: what the provider asks for, else growing from half a second. Null
 * when the provider asks for a longer one than a writer would wait for.
 */
function pauseBefore({ retryAfterMs }: ProviderFailure, attempt: number): number | null {
  if (retryAfterMs !== null) return retryAfterMs <= LONGEST_PAUSE_MS ? retryAfterMs : null
  return Math.min(500 * 2 ** attempt, LONGEST_PAUSE_MS)
}

/** A rest that the provider itself made short enough to wait out. What the user simulates would only come again. */
const isShortRest = (failure: ProviderFailure) =>
  failure.retryable && failure.retryAfterMs !== null && !isSimulated(failure)

/**
 * Whether a failure that says nothing about the token may still not meet another one: the provider answered, and would
 * perhaps answer otherwise. Who cannot be reached, or is silent, is so for every token.
 */
const mayBeTheToken = ({ code, status, retryable }: ProviderFailure) =>
  retryable && code !== ProviderError.Unreachable && !(code === ProviderError.TimedOut && status === null)

/**
 * Calls a model by a plan. A token that the provider refuses, that is out of credit or must rest gives way to the next
 * one at once; the last one is waited for. A failure that may pass is tried again as often as the settings say, and then
 * with the next token. All this only while a reader has seen no text: what was seen is never begun anew.
 */
export function createChatCaller(ports: {
  connections: Connections
  tokens: TokenRecords
  admission: Admission
  onServerLost: OnServerLost
  ledger: Ledger
  simulations: Simulations
  lessons: ModelLessons
  logger: Logger
  random: () => number
  pause: Pause
}): ChatCaller {
  const { connections, tokens, admission, onServerLost, ledger, simulations, lessons, logger, random, pause } = ports
  const turns = new Map<string, number>()

  const nextTurn = (tokens: readonly TokenRow[]) => {
    const list = tokens.map(({ id }) => id).join()
    const turn = turns.get(list) ?? 0
    turns.set(list, turn + 1)
    return turn
  }

  async function* attempt(
    call: ChatCall,
    planned: TokenRow | null,
    dead: ReadonlySet<ServerId>,
    refused: readonly string[]
  ): AsyncGenerator<CallEvent> {
    const { plan, free } = await admission.admit(call.plan, planned, dead, call.signal)
    let entry: LedgerEntry | null = null
    let limits: CallLimits | null = null
    let settings: readonly SentSetting[] = []
    try {
      const token = planned && tokens.stillUsable(planned)
      if (planned && !token) throw tokenNoLongerUsable(plan, planned)
      const { definition, name } = plan.provider
      const wired = parametersOf({ ...call, plan }, refused)
      const { parameters, dropped } = wired
      settings = wired.sent
      const extraBody = extraBodyOf(plan)
      entry = ledger.begin(call.account, plan, token?.name ?? null)
      limits = startLimits(call.signal, plan.settings.timeouts, { name, local: runsLocally(plan) })
      const sent: SentRequest = {
        messages: call.messages,
        parameters: requestBody({ extraBody }, definition.requiredParameters, parameters),
        responseSchema: call.responseSchema ?? null,
      }
      yield { type: 'attempt', plan, tokenName: token?.name ?? null, dropped, sent }
      simulations.throwIfSimulated({
        providerId: plan.provider.id,
        provider: name,
        model: plan.model,
        tokenId: token?.id ?? null,
      })
      const protocol = await protocolFor(definition.protocol)
      const stream = protocol.chat(
        { ...connections.forPlan(plan, token), extraBody },
        {
          model: plan.model,
          messages: call.messages,
          parameters,
          ...(call.responseSchema ? { responseSchema: call.responseSchema } : {}),
          signal: limits.signal,
        }
      )
      for await (const event of withoutLeadingBlank(stream, limits.onActivity)) {
        if (event.type === 'text') entry.firstToken()
        if (event.type === 'end') {
          const usage = plausibleUsage(event.usage)
          entry.complete(usage)
          yield { ...event, usage }
        } else yield event
      }
    } catch (error) {
      entry?.fail(error, call.signal.aborted)
      const without = lessons.learnFrom(error, plan, settings)
      throw without.length > 0 ? new SettingsRefused(without, error) : error
    } finally {
      entry?.fail(new Error('The reader of the answer left'), true)
      limits?.end()
      free()
    }
  }

  /**
   * One token, tried again as often as the settings say. Returns the failure that another token may not meet, or null
   * when all went well; throws one that no other token helps against.
   */
  async function* withToken(
    call: ChatCall,
    token: TokenRow | null,
    isLast: boolean
  ): AsyncGenerator<CallEvent, FabulaError | null> {
    const retries = call.plan.settings.retries ?? 0
    const dead = new Set<ServerId>()
    const refused: string[] = []
    for (let tries = 0; ; tries += 1) {
      let hasText = false
      let server: ServerRow | null = null
      try {
        for await (const event of attempt(call, token, dead, refused)) {
          if (event.type === 'attempt') server = event.plan.server
          if (event.type === 'text') hasText = true
          yield event
        }
        tokens.worked(token)
        return null
      } catch (thrown) {
        const error = thrown instanceof SettingsRefused ? thrown.cause : thrown
        if (error instanceof FabulaError && error.code === TokenError.NoneUsable) return error
        if (!(error instanceof ProviderFailure)) throw error
        logger.warn('A call failed', { provider: call.plan.provider.name, model: call.plan.model, code: error.code })
        if (thrown instanceof SettingsRefused && !(hasText && call.visible) && !call.signal.aborted) {
          // The model would have answered without them: this was no try of its own, and says nothing of the token.
          refused.push(...thrown.settings)
          tries -= 1
          continue
        }
        const tokenIsOut = tokens.failed(token, error)
        if ((hasText && call.visible) || call.signal.aborted) throw error
        if (tokenIsOut && !(isLast && isShortRest(error))) return error
        if (server !== null && isServerLost(error)) {
          const again = dead.has(server.id)
          if (!isSimulated(error)) onServerLost(server, error)
          dead.add(server.id)
          // Another server that has the model takes over; this was no try of its own.
          if (!again && call.plan.servers.some(({ id }) => !dead.has(id))) {
            tries -= 1
            continue
          }
        }
        const ms = pauseBefore(error, tries)
        if (!error.retryable || tries >= retries || ms === null) {
          if (tokenIsOut || mayBeTheToken(error)) return error
          throw error
        }
        // A moment more, so that the rest is over by the computer's clock too, and not only by its timer.
        await pause(tokenIsOut ? ms + 20 : ms, call.signal)
      }
    }
  }

  return async function* chat(call) {
    const { tokens: usable, settings, provider } = call.plan
    const order: (TokenRow | null)[] =
      usable.length === 0 ? [null] : orderTokens(usable, settings.tokenStrategy ?? 'failover', nextTurn(usable), random)
    let failure: FabulaError | null = null
    for (const [index, token] of order.entries()) {
      const outcome: FabulaError | null = yield* withToken(call, token, index === order.length - 1)
      if (!outcome) return
      // That a token is out by now says less than why another one failed.
      if (!failure || outcome instanceof ProviderFailure) failure = outcome
    }
    throw failure ?? new FabulaError(ProviderError.Unreachable, `${provider.name} was not called`)
  }
}

/** The provider refused settings by name without which the request may be made again; `cause` is its failure. */
class SettingsRefused extends Error {
  readonly settings: readonly string[]

  constructor(settings: readonly string[], cause: unknown) {
    super('Settings were refused', { cause })
    this.settings = settings
  }
}

const tokenNoLongerUsable = ({ provider }: CallPlan, { name, state }: TokenRow) =>
  new FabulaError(TokenError.NoneUsable, `The key ${name} of ${provider.name} cannot be used any more`, {
    details: { provider: provider.name, name, reason: state },
    retryable: true,
  })

/**
 * An answer whose white space before the first word is kept back until that word comes: alone it is no answer, and
 * nothing that a reader has seen. `onActivity` is called for everything that comes.
 */
async function* withoutLeadingBlank(
  stream: AsyncIterable<ChatEvent>,
  onActivity: () => void
): AsyncGenerator<ChatEvent> {
  let blank: string | null = ''
  for await (const event of stream) {
    onActivity()
    if (event.type !== 'text' || blank === null) {
      yield event
      continue
    }
    blank += event.text
    if (blank.trim() === '') continue
    yield { type: 'text', text: blank }
    blank = null
  }
}

/** The user's own fields must not switch off the thinking of a model that always thinks. */
const extraBodyOf = ({ provider, facts }: CallPlan): JsonObject =>
  facts?.reasoning?.mandatory ? withoutThinkingOff(provider.row.extraBody).body : provider.row.extraBody

/** What is sent beside the messages. A model server is always told the context length: it would cut what is longer. */
function parametersOf({ plan, messages }: ChatCall, refused: readonly string[]): WireParameters {
  const { definition } = plan.provider
  const samplers = { ...plan.settings.samplers }
  if (samplers['num_ctx'] === undefined && fieldsOf(definition.samplerSchema).some(({ key }) => key === 'num_ctx'))
    samplers['num_ctx'] = neededContext(tokensOf(messages) + windowOf(samplers, plan.facts).answer, plan.facts)
  return wireParameters({
    definition,
    kind: 'chat',
    samplers,
    settings: plan.settings.settings ?? {},
    custom: plan.settings.custom ?? {},
    supportedParameters: plan.facts?.supportedParameters ?? null,
    alwaysThinks: plan.facts?.reasoning?.mandatory ?? false,
    refused: [...(plan.facts?.refused ?? []), ...refused],
  })
}
