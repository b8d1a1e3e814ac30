import { costs, runsHere } from '@contract/locality'
import type { ModelSettings } from '@contract/entities/model-config'
import { choiceOf } from './model-settings'
import type { Models } from '@renderer/domain/model-picker/use-models'

export interface ConfigFacts {
  /** The model as its provider calls it. */
  model: string
  provider: string
  /** Runs on this computer or network. */
  local: boolean
  /** Its price is not known to be zero, and it does not run here. */
  mayCost: boolean
}

/** What matters about the model that settings name; null when they name none. */
export function configFacts(settings: ModelSettings, models: Models): ConfigFacts | null {
  const choice = choiceOf(settings)
  if (!choice) return null
  const entry = models.find(choice)
  const provider = models.providers.find(({ id }) => id === choice.providerId)
  const local = provider !== undefined && runsHere(provider, entry?.model ?? null)
  const price = entry?.model.price
  return {
    model: entry?.model.name ?? choice.model,
    provider: provider?.name ?? '',
    local,
    mayCost: price ? costs(price) : !local,
  }
}
