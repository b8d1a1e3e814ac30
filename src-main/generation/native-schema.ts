import type { ModelFacts } from '@contract/entities/model'
import { isObject } from '@contract/json'
import type { JsonObject, JsonValue } from '@contract/values'
import type { ProviderDefinition } from '@main/providers/spec/definition'

/** How a model is held to a schema by its provider. */
export interface NativeSchema {
  /** What goes out. It may ask for less than the template does, which the answer is checked against all the same. */
  schema: JsonObject
  /** The model has to be told of the form in words, too: the provider does not show it, or not all of it. */
  tell: boolean
}

/** Keywords that give an answer its shape. Every provider that takes schemas knows them. */
const SHAPE = ['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf']
const SPOKEN = ['title', 'description', '$ref', '$defs']

interface Taken {
  keywords: ReadonlySet<string>
  /** The whole answer must be an object. */
  objects: boolean
  /** More items than these make a grammar that is refused; Infinity where there is none. */
  mostItems: number
}

/**
 * What the protocols take, by what their servers are known to refuse. OpenAI refuses a list of keywords that changes from
 * model to model; llama.cpp's grammars (Ollama, too) fail at patterns without anchors and at large repetitions. Anthropic
 * gives the schema to a tool, which may be any.
 */
const taken: Readonly<Record<string, Taken>> = {
  'openai-chat': { keywords: new Set([...SHAPE, ...SPOKEN]), objects: true, mostItems: Infinity },
  ollama: { keywords: new Set([...SHAPE, ...SPOKEN, 'minItems', 'maxItems']), objects: false, mostItems: 100 },
  anthropic: { keywords: new Set(), objects: true, mostItems: Infinity },
  demo: { keywords: new Set(), objects: false, mostItems: Infinity },
}
/** Protocols that take every keyword. */
const TAKES_ALL = new Set(['anthropic', 'demo'])

/**
 * Whether a model can be held to a JSON Schema by its provider, and with which form of it; null where it must be told in
 * words alone.
 *
 * @param facts what the catalogue knows of the model; null for one that it has never seen
 */
export function nativeSchema(
  provider: Pick<ProviderDefinition, 'protocol' | 'answerSchema' | 'local'>,
  facts: Pick<ModelFacts, 'supportedParameters' | 'capabilities'> | null,
  schema: JsonObject
): NativeSchema | null {
  const takes = Object.hasOwn(taken, provider.protocol) ? taken[provider.protocol] : undefined
  if (!takes || !isHeld(provider, facts)) return null
  if (takes.objects && schema['type'] !== 'object') return null
  if (TAKES_ALL.has(provider.protocol)) return { schema, tell: false }
  const lost: Lost = { any: false, type: false }
  const sent = reduced(schema, takes, lost)
  if (!isObject(sent) || (takes.objects && lost.type)) return null
  return { schema: sent, tell: lost.any || provider.local }
}

interface Lost {
  /** Something that the schema asks for. */
  any: boolean
  /** A part does not say what it may be: OpenAI refuses the whole schema then. */
  type: boolean
}

/** `response_format` in a list of parameters means JSON of any form; `structured_outputs`, of the form that is asked for. */
function isHeld(
  { answerSchema, protocol }: Pick<ProviderDefinition, 'protocol' | 'answerSchema'>,
  facts: Pick<ModelFacts, 'supportedParameters' | 'capabilities'> | null
): boolean {
  const listed = facts?.supportedParameters ?? null
  if (listed?.includes('structured_outputs')) return true
  if (answerSchema === 'always') return true
  return protocol !== 'openai-chat' && (facts?.capabilities.includes('structured') ?? false)
}

/** A schema without the keywords that are not taken. A limit that is left out only allows more. */
function reduced(schema: JsonValue, takes: Taken, lost: Lost): JsonValue {
  if (!isObject(schema)) return schema
  const kept: [string, JsonValue][] = []
  for (const [key, value] of Object.entries(schema)) {
    const known = key === 'oneOf' ? 'anyOf' : key
    if (SILENT.test(key)) continue
    if (!takes.keywords.has(known) || (COUNTS.has(key) && Number(value) > takes.mostItems)) {
      lost.any = true
      continue
    }
    if (known !== key) lost.any = true
    kept.push([known, part(known, value, takes, lost)])
  }
  if (!kept.some(([key]) => TYPES.has(key))) lost.type = true
  return Object.fromEntries(kept)
}

/** What only speaks to people and programs. */
const SILENT = /^(?:x-.*|\$schema|\$comment|\$id|default|examples|deprecated|readOnly|writeOnly)$/
const TYPES = new Set(['type', 'enum', 'const', 'anyOf', '$ref'])
const COUNTS = new Set(['minItems', 'maxItems'])

function part(key: string, value: JsonValue, takes: Taken, lost: Lost): JsonValue {
  switch (key) {
    case 'properties':
    case '$defs':
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, reduced(inner, takes, lost)]))
        : value
    case 'anyOf':
      return Array.isArray(value) ? value.map((inner) => reduced(inner, takes, lost)) : value
    case 'items':
    case 'additionalProperties':
      return reduced(value, takes, lost)
    default:
      return value
  }
}
