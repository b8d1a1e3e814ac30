import { isLoopback } from '@contract/addresses'
import { credentialsIn } from '@contract/credentials'
import { isAuthHeader, isConnectionHeader, isCovered, isHeaderName, isHeaderValue } from '@contract/headers'
import { ModelKind } from '@contract/entities/model'
import { AuthScheme, ExtraHeaders, type Flavour, type NewProvider, type Provider } from '@contract/entities/provider'
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
  /** One of `providers.flavours`; null for another program. */
  flavour: string | null
  auth: 'bearer' | 'header'
  /** The header that carries a key, and what stands before the key in it. */
  header: string
  prefix: string
  kinds: ModelKind[]
  /** Whether its models run on this computer; null: by the address and the program. */
  saidLocal: boolean | null
}

const empty: ProviderDraft = {
  name: '',
  baseUrl: '',
  keyRequired: false,
  headers: '',
  extraBody: '',
  flavour: null,
  auth: 'bearer',
  header: '',
  prefix: '',
  kinds: ['chat', 'embedding'],
  saidLocal: null,
}

export function draftOf(provider: Provider | undefined): ProviderDraft {
  if (!provider) return empty
  const { name, baseUrl, keyRequired, headers, extraBody, auth } = provider
  return {
    name,
    baseUrl: baseUrl ?? '',
    keyRequired,
    headers: Object.entries(headers)
      .map(([header, value]) => `${header}: ${value}`)
      .join('\n'),
    extraBody: Object.keys(extraBody).length === 0 ? '' : JSON.stringify(extraBody, null, 2),
    flavour: provider.flavour,
    ...(auth.type === 'header'
      ? { auth: auth.type, header: auth.header, prefix: auth.prefix ?? '' }
      : { auth: 'bearer', header: '', prefix: '' }),
    kinds: ModelKind.options.filter((kind) => provider.kinds.includes(kind)),
    saidLocal: provider.saidLocal,
  }
}

/**
 * The draft with another program. What a name or an address says is only replaced where it is still what the program
 * before had put there.
 */
export function withProgram(draft: ProviderDraft, id: string | null, flavours: readonly Flavour[]): ProviderDraft {
  const before = flavours.find((one) => one.id === draft.flavour)
  const next = flavours.find((one) => one.id === id)
  const given = (typed: string, usual: string | undefined) => typed.trim() !== '' && typed !== usual
  return {
    ...draft,
    flavour: id,
    name: given(draft.name, before?.name) ? draft.name : (next?.name ?? ''),
    baseUrl: given(draft.baseUrl, before?.baseUrl) ? draft.baseUrl : (next?.baseUrl ?? ''),
  }
}

/** Whether the models of a draft run on this computer, as long as the user does not say otherwise. */
export const looksLocal = ({ flavour, keyRequired }: ProviderDraft): boolean => flavour !== null || !keyRequired

/** Whether what is typed is an address of this computer. */
export const isHere = (address: string): boolean => {
  const url = HttpUrl.safeParse(address)
  return url.success && isLoopback(url.data)
}

export type DraftField = 'baseUrl' | 'headers' | 'extraBody' | 'auth'

/** Why a line of headers cannot be taken, and the header's name where it has one. */
export interface HeaderProblem {
  why: 'line' | 'name' | 'key' | 'connection' | 'value'
  name: string
}

function readHeaders(text: string): { headers: Record<string, string> } | { problem: HeaderProblem } {
  const headers: Record<string, string> = {}
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim()
    const value = line.slice(colon + 1).trim()
    const why = name === '' ? 'line' : problemOf(name, value)
    if (why) return { problem: { why, name: name === '' ? line.trim() : name } }
    headers[name] = value
  }
  return { headers }
}

function problemOf(name: string, value: string): HeaderProblem['why'] | null {
  if (!isHeaderName(name)) return 'name'
  if (isAuthHeader(name)) return 'key'
  if (isConnectionHeader(name)) return 'connection'
  return isHeaderValue(value) || isCovered(value) ? null : 'value'
}

/** What is wrong with typed headers; null when nothing is. */
export function headerProblem(text: string): HeaderProblem | null {
  const read = readHeaders(text)
  return 'problem' in read ? read.problem : null
}

/** Whether something in it goes to the vault when it is saved. */
export const hasCredentials = ({ headers = {}, extraBody = {} }: NewProvider): boolean =>
  credentialsIn(headers).length > 0 || credentialsIn(extraBody).length > 0

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
  const { keyRequired, flavour, kinds, saidLocal } = draft
  const baseUrl = HttpUrl.safeParse(draft.baseUrl).data
  const read = readHeaders(draft.headers)
  const headers = 'headers' in read ? ExtraHeaders.safeParse(read.headers).data : undefined
  const extraBody = readBody(draft.extraBody)
  const auth = AuthScheme.safeParse(
    draft.auth === 'bearer'
      ? { type: 'bearer' }
      : { type: 'header', header: draft.header.trim(), ...(draft.prefix === '' ? {} : { prefix: draft.prefix }) }
  ).data
  if (baseUrl !== undefined && headers && extraBody && auth) {
    const name = draft.name.trim()
    return { provider: { name, baseUrl, keyRequired, flavour, auth, kinds, saidLocal, headers, extraBody } }
  }
  const wrong: DraftField[] = []
  if (baseUrl === undefined) wrong.push('baseUrl')
  if (!headers) wrong.push('headers')
  if (!extraBody) wrong.push('extraBody')
  if (!auth) wrong.push('auth')
  return { wrong }
}
