import { defaultFallback } from '@contract/entities/preset'
import { FabulaError, PresetError } from '@contract/errors'
import type { ImportPlan } from '@contract/routes/files'
import type { JsonObject, JsonValue } from '@contract/values'
import { REDACTED, type Redactor } from '@main/platform/redact'
import { fieldsOf } from '@main/providers/kit/fields'
import { checkSettings } from '@main/settings/check-settings'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { MAIN } from '@main/settings/role-registry'
import { CONFIGURATION_VERSION, type ConfigurationFile } from './configuration-file'
import { missingKey, type ParsedChoices } from './import-settings'
import { createMask } from './mask'
import { nameFromFile, shortened } from './names'
import { isPrompt, samplerNames, saysNothing, translated } from './foreign-fields'
import { namedModel } from './foreign-model'
import type { ForeignPreset } from './recognise-foreign'

type Loss = ImportPlan['losses'][number]

export interface Translation {
  /** The preset as a file of ours would hold it. */
  file: ConfigurationFile
  losses: Loss[]
  /** The user's model stands in the place of the one that the file names. */
  models: ParsedChoices['models']
  /** Nobody has said yet which model it is for. */
  needsModel: boolean
}

/** The longest value that a loss shows, in characters. */
const LONGEST_VALUE = 200

/**
 * Makes a preset with one role, main, of a foreign preset: what the chosen model's provider has a setting for comes over,
 * all else is named with the reason. While no model is chosen, what some provider has a setting for is not called lost.
 */
export function translateForeign(
  { directory, redactor }: { directory: ProviderDirectory; redactor: Redactor },
  { fields, templates, format }: ForeignPreset,
  fileName: string,
  chosen: ParsedChoices['model']
): Translation {
  const named = namedModel(fields, directory)
  const provider = chosen ? directory.get(chosen.providerId) : (named?.provider ?? null)
  const model = chosen?.model ?? named?.model ?? ''
  const carried = new Set(named?.fields)
  const known = samplersOf(provider ? [provider] : directory.list())
  const samplers: JsonObject = {}
  const losses: Loss[] = []
  const lose = (field: string, value: JsonValue, reason: Loss['reason']) => {
    losses.push({ field, value: shown(redactor, field, value), reason })
  }

  for (const [field, value] of Object.entries(fields)) {
    const sampler = samplerNames.get(field) ?? field
    if (carried.has(field) || saysNothing(field, value)) continue
    if (isPrompt(field)) lose(field, value, 'prompt')
    else if (!known.has(sampler)) lose(field, value, 'unsupported')
    else if (provider && !fits(directory, provider, sampler, translated(field, value))) lose(field, value, 'invalid')
    else samplers[sampler] = translated(field, value)
  }
  for (const [field, value] of Object.entries(templates)) if (!saysNothing(field, value)) lose(field, value, 'prompt')

  const slug = provider?.row.slug
  const otherwise = format === 'sillytavern-chat' ? 'SillyTavern' : 'SillyTavern text'
  return {
    file: {
      fabula: 'configuration',
      version: CONFIGURATION_VERSION,
      providers: [],
      modelConfigs: [],
      presets: [
        {
          name: nameFromFile(fileName, otherwise),
          description: '',
          fallback: defaultFallback,
          roles: {
            [MAIN]: { enabled: true, settings: slug === undefined ? {} : { provider: slug, model, samplers } },
          },
        },
      ],
    },
    losses,
    models: chosen && slug !== undefined ? { [missingKey.model(slug, model)]: chosen } : {},
    needsModel: provider === null,
  }
}

const samplersOf = (providers: readonly KnownProvider[]): Set<string> =>
  new Set(providers.flatMap(({ definition }) => fieldsOf(definition.samplerSchema).map(({ key }) => key)))

function fits(directory: ProviderDirectory, { id }: KnownProvider, sampler: string, value: JsonValue): boolean {
  try {
    checkSettings(directory, 'chat', { providerId: id, samplers: { [sampler]: value } }, '')
    return true
  } catch (error) {
    if (error instanceof FabulaError && error.code === PresetError.InvalidSetting) return false
    throw error
  }
}

function shown(redactor: Redactor, field: string, value: JsonValue): string {
  // Files of SillyTavern may hold the password of a proxy or headers with a key.
  const masked = createMask(redactor).freeFields({ [field]: /headers|secret/.test(field) ? REDACTED : value })
  const text = JSON.stringify(Object.values(masked)[0])
  return text.length <= LONGEST_VALUE ? text : `${shortened(text, LONGEST_VALUE - 1)}…`
}
