import type { JsonObject } from '@contract/values'
import type { ProviderDefinition } from '@main/providers/spec/definition'

/** What a header can carry: visible ASCII without white space around it. */
const SENDABLE = /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/

/** The headers that carry provider settings, by the definition. A setting that no header can carry is left out. */
export function settingHeaders(definition: ProviderDefinition, settings: JsonObject): Record<string, string> {
  const entries = Object.entries(definition.headersFromSettings).flatMap(([header, key]) => {
    const value = Object.hasOwn(settings, key) ? settings[key] : undefined
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return []
    const text = String(value).trim()
    return SENDABLE.test(text) ? [[header, text]] : []
  })
  return Object.fromEntries(entries)
}
