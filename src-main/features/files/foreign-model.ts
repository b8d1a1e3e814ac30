import { hasCatalogue } from '@contract/provider-kinds'
import type { JsonObject } from '@contract/values'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'

/** SillyTavern's sources whose providers have another short name here, and the field of their model. */
const sources: ReadonlyMap<string, { slugs: readonly string[]; field: string }> = new Map([
  ['claude', { slugs: ['anthropic'], field: 'claude_model' }],
  ['makersuite', { slugs: ['gemini', 'google', 'google-gemini'], field: 'google_model' }],
])

export interface NamedModel {
  provider: KnownProvider
  model: string
  /** The fields that said so. */
  fields: readonly string[]
}

/** The model that a chat-completion preset was made for, where its provider is known here. */
export function namedModel(fields: JsonObject, directory: ProviderDirectory): NamedModel | null {
  const source = fields['chat_completion_source']
  if (typeof source !== 'string') return null
  if (source === 'custom') {
    const url = fields['custom_url']
    const address = typeof url === 'string' ? url.replace(/\/+$/, '') : null
    const provider = directory
      .list()
      .find((one) => hasCatalogue(one.definition) && one.baseUrl !== null && one.baseUrl === address)
    return named(provider, fields, ['custom_model', 'custom_url'])
  }
  const { slugs, field } = sources.get(source) ?? { slugs: [source], field: `${source}_model` }
  const provider = directory.list().find((one) => hasCatalogue(one.definition) && slugs.includes(one.row.slug))
  return named(provider, fields, [field])
}

function named(
  provider: KnownProvider | undefined,
  fields: JsonObject,
  [field = '', ...more]: readonly string[]
): NamedModel | null {
  const model = fields[field]
  // “OR_Website” leaves the choice to OpenRouter's own site.
  if (!provider || typeof model !== 'string' || model.trim() === '' || model === 'OR_Website') return null
  return { provider, model: model.trim().slice(0, 300), fields: ['chat_completion_source', field, ...more] }
}
