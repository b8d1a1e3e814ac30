import { fieldsOf } from '@contract/schema/setting-fields'
import type { JsonObject } from '@contract/values'
import { wireParameters, type WireParameters } from '@main/providers/kit/parameters'
import { withoutThinkingOff } from '@main/providers/kit/thinking-off'
import { neededContext, promptTokens, windowOf, type Prompt } from '@main/settings/context-window'
import type { CallPlan } from './call-plan'

/** The user's own fields must not switch off the thinking of a model that always thinks. */
export const fieldsFor = ({ facts }: CallPlan, extraBody: JsonObject): JsonObject =>
  facts?.reasoning?.mandatory ? withoutThinkingOff(extraBody).body : extraBody

/** What is sent beside the messages. A model server is always told the context length: it would cut what is longer. */
export function parametersFor(plan: CallPlan, call: Prompt, refused: readonly string[]): WireParameters {
  const { definition } = plan.provider
  const samplers = { ...plan.settings.samplers }
  if (samplers['num_ctx'] === undefined && fieldsOf(definition.samplerSchema).some(({ key }) => key === 'num_ctx'))
    samplers['num_ctx'] = neededContext(promptTokens(call) + windowOf(samplers, plan.facts).answer, plan.facts)
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
