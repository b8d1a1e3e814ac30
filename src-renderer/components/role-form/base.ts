import type { ModelSettings } from '@contract/entities/model-config'
import { valueAt } from '@renderer/components/settings-form/json'
import type { Origins } from '@renderer/components/settings-form/origin'

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

type Group = 'samplers' | 'settings' | 'custom'

/** Where the values of one group come from. `here` names the layer that is edited. */
export const originsOf = (base: Base | null, group: Group, here: string): Origins => ({
  here,
  below: (path) => {
    const value = base ? valueAt(base.settings[group], path) : undefined
    return base && value !== undefined ? { value, from: base.from, reset: base.reset } : undefined
  },
})
