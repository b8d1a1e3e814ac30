import type { ModelKind } from '@contract/entities/model'
import type { ModelSettings } from '@contract/entities/model-config'
import { fieldsOf, type SettingField } from '@contract/schema/setting-fields'
import type { JsonObject, JsonValue } from '@contract/values'
import { withoutPaths } from '@main/providers/kit/thinking-off'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import type { CallPlan } from '@main/routing/call-plan'
import type { CallerParameters } from './caller-parameters'

/** Providers whose requests have the form that the gateway itself takes: what a program adds for them can be passed on. */
const SPEAKS_OPENAI = 'openai-chat'

/**
 * The settings of a plan with what the program says over them. What it says nothing of stays as the preset, the reusable
 * settings or the provider have it. A field that the provider has a sampler or a setting for becomes that, whatever its place
 * on the wire; any other goes as it is to a provider that speaks OpenAI's language, and to no other.
 */
export function settingsOver(
  { settings, provider, facts }: Pick<CallPlan, 'settings' | 'provider' | 'facts'>,
  kind: ModelKind,
  { samplers, extra }: CallerParameters
): ModelSettings {
  const { definition } = provider
  const own = fieldsByKey(kind === 'embedding' ? definition.embeddingSchema : definition.samplerSchema)
  const ofProvider = fieldsByKey(definition.settingsSchema)
  const said = withThink({ ...extra, ...samplers }, own, ofProvider, facts?.file?.family ?? null)
  const over: Record<'samplers' | 'settings' | 'custom', [string, JsonValue][]> = {
    samplers: [],
    settings: [],
    custom: [],
  }
  const taken = new Set<string>()
  for (const [name, value] of Object.entries(said)) {
    const field = own.get(name) ?? ofProvider.get(name)
    if (own.has(name)) over.samplers.push([name, value])
    else if (ofProvider.has(name)) over.settings.push([name, value])
    else if (definition.protocol === SPEAKS_OPENAI) over.custom.push([name, value])
    taken.add(name).add(field?.wire?.join('.') ?? name)
  }
  // Custom parameters stand over samplers: one of the same name or place would go over what the program says.
  const custom = withoutPaths(settings.custom ?? {}, (path) => taken.has(path.join('.'))).body
  return {
    ...settings,
    samplers: { ...settings.samplers, ...Object.fromEntries(over.samplers) },
    settings: { ...settings.settings, ...Object.fromEntries(over.settings) },
    custom: { ...custom, ...Object.fromEntries(over.custom) },
  }
}

/** By the list of the fields, which is one for each schema. */
const known = new WeakMap<readonly SettingField[], ReadonlyMap<string, SettingField>>()

function fieldsByKey(schema: ProviderDefinition['embeddingSchema']): ReadonlyMap<string, SettingField> {
  const fields = schema ? fieldsOf(schema) : []
  const byKey = known.get(fields) ?? new Map(fields.map((field) => [field.key, field]))
  known.set(fields, byKey)
  return byKey
}

/** Models of Ollama that think as long as they are told; all others either think or do not. */
const GRADED = /^gpt-?oss/i

/** Ollama's word for `reasoning_effort`, where a provider has that instead. */
function withThink(
  said: JsonObject,
  samplers: ReadonlyMap<string, SettingField>,
  settings: ReadonlyMap<string, SettingField>,
  family: string | null
): JsonObject {
  const { reasoning_effort: effort, ...rest } = said
  if (effort === undefined || samplers.has('reasoning_effort') || !settings.has('think')) return said
  if (rest['think'] !== undefined) return rest
  if (effort === 'none') return { ...rest, think: false }
  const graded = GRADED.test(family ?? '')
  const level = effort === 'minimal' ? 'low' : effort === 'xhigh' ? 'high' : effort
  return { ...rest, think: graded ? level : true }
}
