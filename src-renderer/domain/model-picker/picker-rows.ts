import type { Provider } from '@contract/entities/provider'
import type { ModelChoice } from './model-choice'
import type { IndexedModel } from './model-index'
import type { ModelGroup } from './search-models'

/** A line of the picker's list. Only models and typed names can be chosen. */
export type PickerRow =
  | { type: 'header'; key: string; group: ModelGroup | null }
  | { type: 'model'; key: string; choice: ModelChoice; entry: IndexedModel }
  | { type: 'typed'; key: string; choice: ModelChoice; provider: Pick<Provider, 'id' | 'name'> }

/**
 * The groups as lines, and after them what was typed as a model's name at each provider whose catalogue, `index`, does
 * not have it: a model can be named before anyone has listed it, and with no network.
 */
export function pickerRows(
  groups: readonly ModelGroup[],
  typed: string,
  providers: readonly Pick<Provider, 'id' | 'name'>[],
  index: readonly IndexedModel[]
): PickerRow[] {
  const rows: PickerRow[] = groups.flatMap((group): PickerRow[] => [
    { type: 'header', key: `group/${group.id}`, group },
    ...group.entries.map((entry): PickerRow => ({
      type: 'model',
      key: `${group.id}/${entry.key}`,
      choice: entry.choice,
      entry,
    })),
  ])
  const name = typed.trim()
  if (name === '') return rows
  // One that is switched off or filtered out is known all the same: typing its name does not bring it back.
  const listed = new Set(index.filter(({ model }) => model.model === name).map(({ provider }) => provider.id))
  const open = providers.filter(({ id }) => !listed.has(id))
  if (open.length === 0) return rows
  return [
    ...rows,
    { type: 'header', key: 'typed', group: null },
    ...open.map((provider): PickerRow => ({
      type: 'typed',
      key: `typed/${provider.id}`,
      choice: { providerId: provider.id, model: name },
      provider,
    })),
  ]
}

/** The next line that can be chosen, from a place in a direction; the place itself when there is none. */
export function nextChoice(rows: readonly PickerRow[], from: number, by: 1 | -1, times = 1): number {
  let at = from
  let left = times
  for (let place = from + by; place >= 0 && place < rows.length && left > 0; place += by) {
    if (rows[place]?.type === 'header') continue
    at = place
    left -= 1
  }
  return at
}
