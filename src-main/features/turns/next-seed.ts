import type { ModelSettings } from '@contract/entities/model-config'
import type { CallPlan } from '@main/routing/call-plan'

/**
 * The settings for another passage at the same place. A deterministic provider would write the same words again, so it
 * gets the number of passages that were written there as its seed, unless the writer set one.
 */
export function withNextSeed(settings: ModelSettings, { provider }: CallPlan, writtenThere: number): ModelSettings {
  const isOwn = provider.id === settings.providerId
  const isFixed = settings.samplers?.['seed'] !== undefined || settings.custom?.['seed'] !== undefined
  if (writtenThere === 0 || !isOwn || isFixed || !provider.definition.deterministic) return settings
  return { ...settings, samplers: { ...settings.samplers, seed: writtenThere } }
}
