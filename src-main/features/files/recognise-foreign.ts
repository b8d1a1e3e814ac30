import { JsonObject } from '@contract/values'

/** A preset of SillyTavern, told by its fields: the files name no format. */
export interface ForeignPreset {
  format: 'sillytavern-chat' | 'sillytavern-text'
  fields: JsonObject
  /** What a combined file holds beside the settings: templates and prompts. */
  templates: JsonObject
}

const chatFields = ['chat_completion_source', 'openai_max_context', 'openai_max_tokens', 'prompt_order']

/** Of these a text-completion preset has many; two tell it from any other JSON. */
const textFields = [
  'temp',
  'rep_pen',
  'rep_pen_range',
  'freq_pen',
  'presence_pen',
  'typical_p',
  'typical',
  'tfs',
  'min_p',
  'top_k',
  'top_a',
  'genamt',
  'max_length',
  'mirostat_mode',
  'dry_multiplier',
  'xtc_probability',
  'sampler_order',
  'sampler_priority',
]

/** The SillyTavern preset that an object is, or null when it is none. */
export function recogniseForeign(json: JsonObject): ForeignPreset | null {
  const format = formatOf(json)
  if (format) return { format, fields: json, templates: {} }
  // A combined export keeps the settings under `preset`, beside the templates for prompts.
  const { preset, ...templates } = json
  const fields = JsonObject.safeParse(preset)
  const inner = fields.success ? formatOf(fields.data) : null
  return fields.success && inner ? { format: inner, fields: fields.data, templates } : null
}

function formatOf(fields: JsonObject): ForeignPreset['format'] | null {
  const has = (name: string) => Object.hasOwn(fields, name)
  if (chatFields.some(has)) return 'sillytavern-chat'
  return textFields.filter(has).length >= 2 ? 'sillytavern-text' : null
}
