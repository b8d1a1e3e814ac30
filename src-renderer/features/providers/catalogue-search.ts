import type { Model } from '@contract/entities/model'

export const shownModels = ['all', 'off', 'edited', 'unlisted', 'manual'] as const
export type ShownModels = (typeof shownModels)[number]

const fits: Record<ShownModels, (model: Model) => boolean> = {
  all: () => true,
  off: ({ enabled }) => !enabled,
  edited: ({ edited }) => edited.length > 0,
  unlisted: ({ available }) => !available,
  manual: ({ source }) => source === 'manual',
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** By name; what is no longer listed comes last. */
export const sortCatalogue = (models: readonly Model[]): Model[] =>
  models.toSorted(
    (one, other) => Number(other.available) - Number(one.available) || collator.compare(one.name, other.name)
  )

/** Models with every word somewhere in their name or id, in the order they stand in. */
export function searchCatalogue(models: readonly Model[], text: string, shown: ShownModels): Model[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return models.filter((model) => {
    const names = `${model.name} ${model.model}`.toLowerCase()
    return fits[shown](model) && words.every((word) => names.includes(word))
  })
}

/** Only these can be deleted: what the provider lists would come back with the next list. */
export const isDeletable = ({ source, available }: Model): boolean => source === 'manual' || !available
