import { randomInt } from 'node:crypto'
import { Seed } from '@contract/entities/generation'
import { fieldsOf } from '@contract/schema/setting-fields'
import type { CallPlan } from '@main/routing/call-plan'
import type { TemplateCall } from './template-call'

const SEED = 'seed'

/**
 * The seed of a generation: the one that is asked for, or that its settings have; else one is chosen, so that the same can be
 * made again. Null where the model takes none.
 */
export function seedFor({ provider, facts, settings }: CallPlan, wanted: number | null): number | null {
  const field = fieldsOf(provider.definition.samplerSchema).find(({ key }) => key === SEED)
  const supported = facts?.supportedParameters ?? null
  const takes = field !== undefined && (supported === null || supported.includes(field.parameter ?? SEED))
  if (!takes || facts?.refused?.includes(SEED)) return null
  const own = Seed.safeParse(settings.samplers?.[SEED])
  return wanted ?? own.data ?? randomInt(2 ** 31)
}

export const withSeed = (call: TemplateCall, seed: number | null): TemplateCall =>
  seed === null
    ? call
    : { ...call, settings: { ...call.settings, samplers: { ...call.settings.samplers, [SEED]: seed } } }
