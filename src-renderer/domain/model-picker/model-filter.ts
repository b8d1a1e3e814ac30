import type { Model } from '@contract/entities/model'
import type { ProviderId } from '@contract/ids'
import type { IndexedModel } from './model-index'

/** What a model can do beside writing text. */
export const abilities = ['thinking', 'image', 'tools'] as const
export type Ability = (typeof abilities)[number]

/** The most a model may cost, in US dollars per million tokens, in and out; 0 is free. */
export const ceilings = [0, 1, 5, 15] as const

/** Tokens that a model must take, at least. */
export const leastContexts = [8_000, 32_000, 128_000] as const

/** What the list is narrowed to. */
export interface ModelFilter {
  /** Null: all. */
  providerId: ProviderId | null
  localOnly: boolean
  /** All of them. */
  abilities: readonly Ability[]
  /** Null: whatever it costs. A model whose price nobody tells is not under any price. */
  ceiling: number | null
  /** Null: any. */
  leastContext: number | null
}

export const noFilter: ModelFilter = {
  providerId: null,
  localOnly: false,
  abilities: [],
  ceiling: null,
  leastContext: null,
}

export const isNarrow = ({ providerId, localOnly, abilities, ceiling, leastContext }: ModelFilter): boolean =>
  providerId !== null || localOnly || abilities.length > 0 || ceiling !== null || leastContext !== null

function costs({ price, local }: Model, ceiling: number): boolean {
  if (price === null) return !local
  return Math.max(price.input, price.output) > ceiling
}

/** Whether a model is to be offered: switched on, and as the filter wants it. */
export function passes({ model }: IndexedModel, filter: ModelFilter): boolean {
  if (!model.enabled) return false
  if (filter.providerId !== null && model.providerId !== filter.providerId) return false
  if (filter.localOnly && !model.local) return false
  if (filter.ceiling !== null && costs(model, filter.ceiling)) return false
  if (filter.leastContext !== null && (model.contextLength ?? 0) < filter.leastContext) return false
  return filter.abilities.every((ability) => model.capabilities.includes(ability))
}
