import { JsonObject } from '@contract/values'
import type { ImportPlan } from '@contract/routes/files'

type Template = ImportPlan['templates'][number]

/** A file of SillyTavern or NovelAI, told by its fields: the files name no format. */
export interface ForeignPreset {
  format: 'sillytavern-chat' | 'sillytavern-text' | 'novelai'
  fields: JsonObject
  /** What a combined file holds beside the settings: templates and prompts. */
  beside: JsonObject
}

/** Templates for prompts. Those that are a part of a prompt of ours come as they stand in the file; the others are named. */
export interface ForeignTemplates {
  format: 'sillytavern-templates'
  /** Every template that was found. */
  names: readonly string[]
  templates: Template[]
  sysprompt: JsonObject | null
  context: JsonObject | null
}

const chatFields = ['chat_completion_source', 'openai_max_context', 'openai_max_tokens', 'prompt_order']

/** Of these a preset of NovelAI has many; two tell it from any other JSON. No other program has them. */
const novelFields = [
  'tail_free_sampling',
  'repetition_penalty_slope',
  'repetition_penalty_frequency',
  'repetition_penalty_presence',
  'phrase_rep_pen',
  'cfg_scale',
  'math1_temp',
]

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

/** The foreign file that an object is, or null when it is none. */
export function recogniseForeign(json: JsonObject): ForeignPreset | ForeignTemplates | null {
  const format = formatOf(json)
  if (format) return { format, fields: json, beside: {} }
  // A combined export keeps the settings under `preset`, beside the templates for prompts; NovelAI under `parameters`.
  const { preset, ...beside } = json
  return (
    inside(preset, beside) ??
    inside(Object.hasOwn(json, 'presetVersion') ? json['parameters'] : null, {}) ??
    templatesOf(json)
  )
}

function inside(value: unknown, beside: JsonObject): ForeignPreset | null {
  const fields = JsonObject.safeParse(value)
  const format = fields.success ? formatOf(fields.data) : null
  return fields.success && format ? { format, fields: fields.data, beside } : null
}

function formatOf(fields: JsonObject): ForeignPreset['format'] | null {
  const has = (name: string) => Object.hasOwn(fields, name)
  if (chatFields.some(has)) return 'sillytavern-chat'
  if (novelFields.filter(has).length >= 2) return 'novelai'
  return textFields.filter(has).length >= 2 ? 'sillytavern-text' : null
}

const templateNames = ['instruct', 'context', 'sysprompt', 'reasoning'] as const
type TemplateName = (typeof templateNames)[number]

/** The templates that stand beside settings in a combined export; null where there are none. */
export function templatesIn(beside: JsonObject): ForeignTemplates | null {
  const found = new Map(
    templateNames.flatMap((name): [TemplateName, JsonObject][] => {
      const part = JsonObject.safeParse(beside[name])
      return part.success && templateOf(part.data) === name ? [[name, part.data]] : []
    })
  )
  return asTemplates(found)
}

function templatesOf(json: JsonObject): ForeignTemplates | null {
  const alone = templateOf(json)
  return alone ? asTemplates(new Map([[alone, json]])) : templatesIn(json)
}

function asTemplates(found: ReadonlyMap<TemplateName, JsonObject>): ForeignTemplates | null {
  if (found.size === 0) return null
  return {
    format: 'sillytavern-templates',
    names: [...found.keys()],
    templates: (['instruct', 'reasoning'] as const).filter((name) => found.has(name)),
    sysprompt: found.get('sysprompt') ?? null,
    context: found.get('context') ?? null,
  }
}

/** What kind of template an object is. Those with few fields must have these and no others. */
function templateOf(json: JsonObject): TemplateName | null {
  const has = (...names: string[]) => names.every((name) => typeof json[name] === 'string')
  const only = (...names: string[]) => Object.keys(json).every((name) => names.includes(name))
  if (has('input_sequence', 'output_sequence')) return 'instruct'
  if (has('story_string')) return 'context'
  if (has('name', 'content') && only('name', 'content', 'post_history')) return 'sysprompt'
  if (has('name', 'prefix', 'suffix') && only('name', 'prefix', 'suffix', 'separator')) return 'reasoning'
  return null
}
