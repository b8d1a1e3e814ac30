import type { JsonValue } from '@contract/values'

/** What a layer below gives a setting that is not set here. */
export interface Inherited {
  value: JsonValue
  /** The layer's name, in the user's language: "Model config". */
  from: string
  /** What going back to it is called: "Back to model config". */
  reset?: string
}

/** Where settings come from. Both are plain facts: the form asks nobody. */
export interface Origins {
  /** The name of the layer that is edited: "Preset". */
  here: string
  /** What applies below it at a path, apart from the provider's default, which the schema tells. */
  below?: (path: readonly string[]) => Inherited | undefined
}
