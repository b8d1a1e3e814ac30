import type { ModelSettings } from '@contract/entities/model-config'
import { valueAt } from '@contract/json'
import type { MarkOf, Origins } from '@renderer/domain/settings-form/origin'

/** The layer below the settings that are edited, with its words in the user's language. */
export interface Base {
  settings: ModelSettings
  /** What kind of layer it is: "Model config". */
  from: string
  /** What taking a value from it is called: "Back to model config". */
  reset: string
  /** Its own name: "House style". */
  name: string
}

type Group = 'samplers' | 'settings' | 'custom' | 'work'

/**
 * Where the values of one group come from. `here` names the layer that is edited; `mark` is asked by the place in the
 * settings: `['samplers', 'temperature']`, `['custom']`.
 */
export const originsOf = (base: Base | null, group: Group, here: string, mark?: MarkOf): Origins => ({
  here,
  mark: mark && ((path, show, name) => mark(group === 'custom' ? [group] : [group, ...path], show, name)),
  below: (path) => {
    const value = base ? valueAt(base.settings[group], path) : undefined
    return base && value !== undefined ? { value, from: base.from, reset: base.reset } : undefined
  },
})
