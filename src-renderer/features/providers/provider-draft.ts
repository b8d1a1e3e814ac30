import { ExtraHeaders, type NewProvider, type Provider } from '@contract/entities/provider'
import { HttpUrl, JsonObject } from '@contract/values'

/** A provider as it is typed in the form. */
export interface ProviderDraft {
  name: string
  baseUrl: string
  keyRequired: boolean
  /** One `Name: value` a line. */
  headers: string
  /** A JSON object, or nothing. */
  extraBody: string
}

export function draftOf(provider: Provider | undefined): ProviderDraft {
  if (!provider) return { name: '', baseUrl: '', keyRequired: false, headers: '', extraBody: '' }
  const { name, baseUrl, keyRequired, headers, extraBody } = provider
  return {
    name,
    baseUrl: baseUrl ?? '',
    keyRequired,
    headers: Object.entries(headers)
      .map(([header, value]) => `${header}: ${value}`)
      .join('\n'),
    extraBody: Object.keys(extraBody).length === 0 ? '' : JSON.stringify(extraBody, null, 2),
  }
}

/** Addresses at which programs of this kind usually listen. */
export const knownPrograms = [
  { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1' },
  { name: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1' },
  { name: 'KoboldCpp', baseUrl: 'http://127.0.0.1:5001/v1' },
  { name: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1' },
] as const

export type DraftField = 'baseUrl' | 'headers' | 'extraBody'

function readHeaders(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {}
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const colon = line.indexOf(':')
    if (colon < 1) return null
    headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
  }
  return ExtraHeaders.safeParse(headers).data ?? null
}

function readBody(text: string): JsonObject | null {
  if (text.trim() === '') return {}
  try {
    return JsonObject.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The provider that a draft says, or which of its fields cannot be taken. */
export function readDraft(draft: ProviderDraft): { provider: NewProvider } | { wrong: DraftField[] } {
  const baseUrl = HttpUrl.safeParse(draft.baseUrl).data
  const headers = readHeaders(draft.headers)
  const extraBody = readBody(draft.extraBody)
  if (baseUrl !== undefined && headers && extraBody) {
    return { provider: { name: draft.name.trim(), baseUrl, keyRequired: draft.keyRequired, headers, extraBody } }
  }
  const wrong: DraftField[] = []
  if (baseUrl === undefined) wrong.push('baseUrl')
  if (!headers) wrong.push('headers')
  if (!extraBody) wrong.push('extraBody')
  return { wrong }
}
