import type { ReactNode } from 'react'
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
  /** For a form of all that is in effect, whichever layer it comes from. */
  mark?: MarkOf | undefined
}

/** How a value stands that comes from one of several layers. */
export interface Mark {
  /** In the place of where it comes from; null for what the form says by itself. */
  origin: ReactNode
  /** What the writer should know, under the control. */
  note?: ReactNode
  /** Gives the setting back to the layer below; null when it is the layer's own already. */
  reset: { label: string; run: () => void } | null
}

/**
 * How the value at a path stands. `show` puts a value that the setting may have in words; `name` is the setting's.
 * Undefined: nothing sets it.
 */
export type MarkOf = (
  path: readonly string[],
  show: (value: JsonValue | undefined) => string,
  name: string
) => Mark | undefined
