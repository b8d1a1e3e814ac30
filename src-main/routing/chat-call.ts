import { FabulaError, ProviderError } from '@contract/errors'
import type { ServerId } from '@contract/ids'
import type { JsonObject } from '@contract/values'
import type { ServerRow } from '@main/data/server-store'
import type { TokenRow } from '@main/data/token-store'
import type { Logger } from '@main/platform/logger'
import { fieldsOf } from '@main/providers/kit/fields'
import { wireParameters, type WireParameters } from '@main/providers/kit/parameters'
import { protocolFor } from '@main/providers/registry'
import type { ChatEvent, ChatMessage, Usage } from '@main/providers/spec/chat'
import { ProviderFailure } from '@main/providers/spec/failure'
import { startLimits } from './call-limits'
import type { CallPlan } from './call-plan'
import type { Connections } from './connections'
import { neededContext, windowOf } from './context-window'
import type { CallPurpose, Ledger } from './ledger'
import type { Places } from './places'
import { isServerLost, type OnServerLost } from './server-lost'
import type { Simulations } from './simulations'
import { plausibleUsage } from './plausible-usage'
import { orderTokens } from './token-order'
import type { TokenRecords } from './token-records'

export interface ChatCall {
  plan: CallPlan
  messages: readonly ChatMessage[]
  responseSchema?: JsonObject
  purpose: CallPurpose
  signal: AbortSignal
}

/** `attempt` comes before each try, with what will be sent; then what the model answers. */
export type CallEvent = { type: 'attempt'; plan: CallPlan; tokenName: string | null; dropped: string[] } | ChatEvent

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

/**
 * Calls a model by a plan. A token that the provider refuses, that is out of credit or must rest gives way to the next
 * one; the last one is waited for. A failure that may pass is tried again as often as the settings say. All this only
 * while no text has come: what the reader has seen is never begun anew.
 */
export function createChatCaller(ports: {
  connections: Connections
  tokens: TokenRecords
  places: Places
  onServerLost: OnServerLost
  ledger: Ledger
  simulations: Simulations
  logger: Logger
  random: () => number
}): ChatCaller {
  const { connections, tokens, places, onServerLost, ledger, simulations, logger, random } = ports
  const turns = new Map<string, number>()

  const nextTurn = (tokens: readonly TokenRow[]) => {
    const list = tokens.map(({ id }) => id).join()
    const turn = turns.get(list) ?? 0
    turns.set(list, turn + 1)
    return turn
  }

  async function* attempt(
    call: ChatCall,
    token: TokenRow | null,
    dead: ReadonlySet<ServerId>
  ): AsyncGenerator<CallEvent> {
    const { plan, free } = await places.take(call.plan, token, dead, call.signal)
    const { definition, name } = plan.provider
    const { parameters, dropped } = parametersOf({ ...call, plan })
    const entry = ledger.begin(call.purpose, plan, token?.name ?? null)
    const limits = startLimits(call.signal, plan.settings.timeouts, { name, local: definition.local })
    let usage: Usage | null = null
    try {
      yield { type: 'attempt', plan, tokenName: token?.name ?? null, dropped }
      simulations.strike({
        providerId: plan.provider.id,
        provider: name,
        model: plan.model,
        tokenId: token?.id ?? null,
      })
      const protocol = await protocolFor(definition.protocol)
      const stream = protocol.chat(connections.forPlan(plan, token), {
        model: plan.model,
        messages: call.messages,
        parameters,
        ...(call.responseSchema ? { responseSchema: call.responseSchema } : {}),
        signal: limits.signal,
      })
      for await (const event of stream) {
        limits.began()
        if (event.type === 'text') entry.spoke()
        if (event.type === 'end') {
          usage = plausibleUsage(event.usage)
          yield { ...event, usage }
        } else yield event
      }
      entry.complete(usage)
    } catch (error) {
      entry.broke(error, call.signal.aborted)
      throw error
    } finally {
      entry.broke(new Error('The reader of the answer left'), true)
      limits.end()
      free()
    }
  }

  /** One token, tried again as often as the settings say. Returns the failure that ended it, or null. */
  async function* withToken(
    call: ChatCall,
    token: TokenRow | null,
    isLast: boolean
  ): AsyncGenerator<CallEvent, ProviderFailure | null> {
    const retries = call.plan.settings.retries ?? 0
    const dead = new Set<ServerId>()
    for (let tries = 0; ; tries += 1) {
      let spoke = false
      let server: ServerRow | null = null
      try {
        for await (const event of attempt(call, token, dead)) {
          if (event.type === 'attempt') server = event.plan.server
          if (event.type === 'text') spoke = true
          yield event
        }
        tokens.worked(token)
        return null
      } catch (error) {
        if (!(error instanceof ProviderFailure)) throw error
        logger.warn('A call failed', { provider: call.plan.provider.name, model: call.plan.model, code: error.code })
        const tokenIsOut = tokens.failed(token, error)
        if (spoke || call.signal.aborted) throw error
        if (tokenIsOut && !isLast) return error
        if (server !== null && isServerLost(error)) {
          onServerLost(server.id, error)
          dead.add(server.id)
          // Another server that has the model takes over; this was no try of its own.
          if (call.plan.servers.some(({ id }) => !dead.has(id))) {
            tries -= 1
            continue
          }
        }
        const ms = pauseBefore(error, tries)
        if (!error.retryable || tries >= retries || ms === null) throw error
        await pause(ms, call.signal)
      }
    }
  }

  return async function* chat(call) {
    const { tokens: usable, settings, provider } = call.plan
    const order: (TokenRow | null)[] =
      usable.length === 0 ? [null] : orderTokens(usable, settings.tokenStrategy ?? 'failover', nextTurn(usable), random)
    let failure: ProviderFailure | null = null
    for (const [index, token] of order.entries()) {
      failure = yield* withToken(call, token, index === order.length - 1)
      if (!failure) return
    }
    throw failure ?? new FabulaError(ProviderError.Unreachable, `${provider.name} was not called`)
  }
}

/** What is sent beside the messages. A model server is always told the context length: it would cut what is longer. */
function parametersOf({ plan, messages }: ChatCall): WireParameters {
  const { definition } = plan.provider
  const samplers = { ...plan.settings.samplers }
  if (samplers['num_ctx'] === undefined && fieldsOf(definition.samplerSchema).some(({ key }) => key === 'num_ctx'))
    samplers['num_ctx'] = neededContext(messages, windowOf(samplers, plan.facts).answer, plan.facts)
  return wireParameters({
    definition,
    kind: 'chat',
    samplers,
    settings: plan.settings.settings ?? {},
    custom: plan.settings.custom ?? {},
    supportedParameters: plan.facts?.supportedParameters ?? null,
  })
}

/** Waits, or throws the signal's reason when it aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
