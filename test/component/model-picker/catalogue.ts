import type { Model } from '@contract/entities/model'
import type { Provider } from '@contract/entities/provider'
import type { Server } from '@contract/entities/server'
import { ProviderId, ServerId } from '@contract/ids'
import { model as sampleModel } from '@test/component/sample-data'

const number = (n: number) => String(n).padStart(12, '0')
export const providerId = (n: number) => ProviderId.parse(`01990000-0000-7000-8000-${number(n)}`)
export const serverId = (n: number) => ServerId.parse(`01990000-0001-7000-8000-${number(n)}`)
const noSchema = { type: 'object', properties: {}, additionalProperties: false }

export function provider(n: number, slug: string, part: Partial<Provider> = {}): Provider {
  return {
    id: providerId(n),
    slug,
    name: slug.charAt(0).toUpperCase() + slug.slice(1),
    builtIn: true,
    protocol: 'openai-chat',
    flavour: null,
    servers: false,
    hasOwnModels: false,
    baseUrl: `https://${slug}.example/v1`,
    localName: null,
    defaultBaseUrl: `https://${slug}.example/v1`,
    keyRequired: true,
    auth: { type: 'bearer' },
    kinds: ['chat', 'embedding'],
    local: false,
    saidLocal: null,
    description: { en: slug, ru: slug },
    keyUrl: null,
    samplerSchema: noSchema,
    settingsSchema: noSchema,
    embeddingSchema: noSchema,
    headers: {},
    extraBody: {},
    limits: { total: null, perToken: null },
    signIn: false,
    ...part,
  }
}

export function server(n: number, name: string, part: Partial<Server> = {}): Server {
  return {
    id: serverId(n),
    name,
    url: `http://127.0.0.1:${11434 + n}`,
    isDefault: n === 1,
    available: true,
    version: '0.9.0',
    lastChecked: null,
    modelCount: 1,
    auth: { type: 'none' },
    needsSecret: false,
    active: true,
    priority: 0,
    maxConcurrent: null,
    problem: null,
    capabilities: ['text'],
    ...part,
  }
}

export const model = (of: Provider, id: string, part: Partial<Model> = {}): Model =>
  sampleModel({ id: `${of.slug}/${id}`, providerId: of.id, model: id, name: id, ...part })

export const localModel = (of: Provider, on: Server, id: string, part: Partial<Model> = {}): Model =>
  model(of, id, {
    id: `ollama/${on.name}/${id}`,
    serverId: on.id,
    price: null,
    size: 4_700_000_000,
    quantization: 'Q4_K_M',
    contextLength: 32_768,
    local: true,
    ...part,
  })
