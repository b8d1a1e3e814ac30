import { FabulaError, PresetError } from '@contract/errors'
import type { ImportPlan } from '@contract/routes/files'
import type { JsonObject, JsonValue } from '@contract/values'
import type { Stores } from '@main/data/stores'
import { readChatPrompt } from '@main/formats/foreign-prompt'
import type { Redactor } from '@main/platform/redact'
import { fieldsOf } from '@contract/schema/setting-fields'
import { checkSettings } from '@main/settings/check-settings'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { MAIN } from '@main/settings/role-registry'
import { emptyFile, type ConfigurationFile } from './configuration-file'
import { missingKey, type ParsedChoices } from './import-settings'
import { lossShown } from './mask'
import { nameFromFile } from './file-names'
import { asCustom } from './foreign-custom'
import { isPrompt, saysNothing, translations, type Translated } from './foreign-fields'
import { namedModel } from './foreign-model'
import { idleFields } from './foreign-neutral'
import { promptOfTemplates } from './prompt-of-templates'
import { templatesIn, type ForeignPreset } from './recognise-foreign'
import { rolePromptFrom } from './role-prompt-from'

type Loss = ImportPlan['losses'][number]

export interface Translation {
  /** The preset as a file of ours would hold it. */
  file: ConfigurationFile
  losses: Loss[]
  /** The user's model stands in the place of the one that the file names. */
  models: ParsedChoices['models']
  /** The user has not said yet which model it is for. */
  needsModel: boolean
}

/** What a preset is called whose file has no name. */
const programs: Record<ForeignPreset['format'], string> = {
  'sillytavern-chat': 'SillyTavern',
  'sillytavern-text': 'SillyTavern text',
  novelai: 'NovelAI',
}

/**
 * Makes a preset with one role, main, of a foreign preset: what the chosen model's provider has a setting for comes over,
 * all else is named with the reason. While no model is chosen, what some provider has a setting for is not called lost.
 */
export function translateForeign(
  { stores, directory, redactor }: { stores: Stores; directory: ProviderDirectory; redactor: Redactor },
  { fields, beside, format }: ForeignPreset,
  fileName: string,
  { model: chosen, language }: Pick<ParsedChoices, 'model' | 'language'>
): Translation {
  const templates = templatesIn(beside)
  const prompt = templates ? promptOfTemplates(templates, ['sysprompt'], ['context']) : readChatPrompt(fields)
  const written = prompt && rolePromptFrom(prompt, language ?? 'en')
  const named = namedModel(fields, directory)
  const provider = chosen ? directory.get(chosen.providerId) : (named?.provider ?? null)
  const model = chosen?.model ?? named?.model ?? ''
  const carried = new Set([...(named?.fields ?? []), ...(prompt && !templates ? ['prompts', 'prompt_order'] : [])])
  const known = samplersOf(provider ? [provider] : directory.list())
  const supported = provider ? parametersOf(stores, provider, model) : null
  const idle = idleFields(fields)
  const samplers: JsonObject = {}
  let custom: JsonObject = {}
  const losses: Loss[] = []
  const lose = (field: string, value: JsonValue, reason: Loss['reason']) => {
    losses.push({ field, value: lossShown(redactor, field, value), reason })
  }

  for (const [field, value] of Object.entries(fields)) {
    if (carried.has(field) || saysNothing(field, value)) continue
    const setting = translations(format, field, value).find(({ sampler }) => known.has(sampler))
    const other = setting || idle.has(field) || !provider ? null : asCustom(field, value, provider, supported)
    if (isPrompt(field)) lose(field, value, 'prompt')
    else if (setting && (!provider || fits(directory, provider, setting))) samplers[setting.sampler] = setting.value
    else if (other) custom = { ...custom, ...other }
    else if (!idle.has(field)) lose(field, value, setting ? 'invalid' : 'unsupported')
  }
  const taken = new Set(templates?.names)
  for (const [field, value] of Object.entries(beside))
    if (!saysNothing(field, value) && !taken.has(field)) lose(field, value, 'prompt')
  for (const { field, value } of prompt?.losses ?? []) lose(field, value, 'unsupported')
  for (const macro of written?.lost ?? []) losses.push({ field: macro, value: '', reason: 'placeholder' })

  const slug = provider?.row.slug
  const settings = (own: string) => ({
    provider: own,
    model,
    samplers,
    ...(Object.keys(custom).length > 0 ? { custom } : {}),
  })
  return {
    file: {
      ...emptyFile,
      presets: [
        {
          name: nameFromFile(fileName, programs[format]),
          description: '',
          fallback: {},
          roles: {
            [MAIN]: {
              enabled: true,
              settings: slug === undefined ? {} : settings(slug),
              ...(written ? { prompt: written.prompt } : {}),
            },
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

/** What a model says it takes; null where it is not known. */
function parametersOf(stores: Stores, { id }: KnownProvider, model: string): readonly string[] | null {
  const [known] = stores.models.named(id, model)
  return known?.supportedParameters ?? null
}

function fits(directory: ProviderDirectory, { id }: KnownProvider, { sampler, value }: Translated): boolean {
  try {
    checkSettings(directory, 'chat', { providerId: id, samplers: { [sampler]: value } }, '')
    return true
  } catch (error) {
    if (error instanceof FabulaError && error.code === PresetError.InvalidSetting) return false
    throw error
  }
}
