import type { AnyCall } from '@main/routing/failover'
import { allowedModel } from './allowed-model'
import { badField } from './api-error'
import type { CallerParameters } from './caller-parameters'
import { settingsOver } from './caller-settings'
import { expectedUse } from './expected-use'
import type { GatewayContext, GatewayPorts } from './gateway-ports'

/** A request for text, as far as every way to ask for it has it. */
export interface TextAsked {
  model: string
  parameters: CallerParameters
  stream: boolean
  /** The last chunk of a stream is to say the usage. */
  includeUsage: boolean
}

/** What a call is made with. */
export interface PreparedCall {
  call: AnyCall
  /** Tell the program what is left of its limits. */
  limits: Readonly<Record<string, string>>
  /** Unix seconds. */
  created: number
}

/**
 * Finds the model of a request, and lets it through the limits of its key. Throws the ApiError of what stands in the way.
 *
 * @param tokens about how many tokens the model is to read
 */
export function prepareCall(
  { env: { visit, call } }: GatewayContext,
  { models, planner, clock }: Pick<GatewayPorts, 'models' | 'planner' | 'clock'>,
  asked: TextAsked,
  tokens: number
): PreparedCall {
  call.named(asked.model)
  const model = allowedModel(models, visit.caller, asked.model)
  if (model.kind === 'embedding')
    throw badField(
      'model',
      `The model \`${asked.model}\` is for embeddings and writes no text. Ask POST /v1/embeddings, or choose another model.`
    )
  const samplers = { ...model.settings.samplers, ...asked.parameters.samplers }
  const limits = visit.admit(expectedUse(tokens, samplers, () => planner(model.role, model.settings, model.at)))
  return {
    limits,
    created: Math.floor(clock.now() / 1000),
    call: {
      role: model.role,
      settings: model.settings,
      fallback: model.fallback,
      ...(model.at ? { at: model.at } : {}),
      over: (plan) => settingsOver(plan, 'chat', asked.parameters),
      // Whoever waits for the whole sees nothing of it before: a model that breaks off can still be replaced.
      visible: asked.stream,
      purpose: visit.caller.purpose,
      signal: visit.signal,
    },
  }
}
