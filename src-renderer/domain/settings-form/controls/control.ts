import type { JsonValue } from '@contract/values'
import type { Problem } from '@renderer/domain/settings-form/check-value'
import type { Field } from '@renderer/domain/settings-form/fields'

/** What every control gets. `undefined` is "not set", a value like any other. */
export interface ControlProps {
  field: Field
  value: JsonValue | undefined
  /** What applies while it is not set: from the layer below, or the provider's default. */
  below: JsonValue | undefined
  disabled: boolean
  label: string
  describedBy: string | undefined
  invalid: boolean
  /** Called only with a value that may be kept. */
  onChange: (value: JsonValue | undefined) => void
  /** Says why what stands in the control is not kept; null when it is well again. */
  onProblem: (problem: Problem | null) => void
}
