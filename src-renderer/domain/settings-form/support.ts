import type { Field } from './fields'

/** Whose settings a form holds: the model's samplers, or the provider's own. */
export type Owner = 'model' | 'provider'

/**
 * False when the model says what it takes, and this setting is not in it. A sampler goes by its own name unless the
 * schema gives another; a provider's setting is the provider's business and is only held against the list when the
 * schema names a parameter.
 */
export function takes(field: Field, owner: Owner, supportedParameters: readonly string[] | null): boolean {
  const parameter = field.parameter ?? (owner === 'model' ? field.name : null)
  return parameter === null || field.unsent || supportedParameters === null || supportedParameters.includes(parameter)
}

/** The settings that most writers reach for, in this order; the rest waits behind "More settings". */
export const commonSettings: readonly string[] = [
  'temperature',
  'max_tokens',
  'max_completion_tokens',
  'num_predict',
  'top_p',
  'min_p',
  'num_ctx',
]

/** Common settings first, in the order writers expect, then what the schema calls basic; the others keep theirs. */
export function splitCommon(fields: readonly Field[], common: readonly string[]): { first: Field[]; more: Field[] } {
  const known = common.flatMap((name) => fields.filter((field) => field.name === name))
  const first = [...known, ...fields.filter((field) => field.basic && !known.includes(field))]
  return { first, more: fields.filter((field) => !first.includes(field)) }
}
