import type { JsonObject } from '@contract/values'
import { createRedactor } from '@main/platform/redact'
import { createConnection, type ConnectionInput } from '@main/providers/kit/connection'
import { providerDefinitions } from '@main/providers/definitions'
import type { ProviderDefinition } from '@main/providers/spec/definition'
import type { ChatEvent, ToolCall } from '@main/providers/spec/chat'
import type { Connection } from '@main/providers/spec/protocol'

/** The key that tests plant, and then look for where it must not be. */
export const PLANTED_KEY = 'sk-planted-3f9c0a77d1e24b58'

export function definitionOf(slug: string): ProviderDefinition {
  const definition = providerDefinitions.find((one) => one.slug === slug)
  if (!definition) throw new Error(`There is no provider ${slug}`)
  return definition
}

/** A real connection from a provider's definition to a fake server. */
export const connectTo = (
  slug: string,
  baseUrl: string,
  options: Partial<Omit<ConnectionInput, 'definition' | 'baseUrl'>> & { definition?: Partial<ProviderDefinition> } = {}
): Connection =>
  createConnection({
    secret: () => PLANTED_KEY,
    headers: {},
    extraBody: {},
    fetch: globalThis.fetch,
    redactor: createRedactor(),
    ...options,
    baseUrl,
    definition: { ...definitionOf(slug), ...options.definition },
  })

/** Reads a stream to its end. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The text of an answer, without its thinking. */
export const textOf = (events: readonly ChatEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('')

/** What an answer brought of its thinking to be given back with its calls. */
export const detailsOf = (events: readonly ChatEvent[]): JsonObject[] =>
  events.flatMap((event) => (event.type === 'reasoning' ? (event.details ?? []) : []))

/** The tool calls of an answer, put together from their pieces. */
export function toolCallsOf(events: readonly ChatEvent[]): ToolCall[] {
  const calls: ToolCall[] = []
  for (const event of events) {
    if (event.type !== 'toolCall') continue
    const { index, id = '', name = '', arguments: text, extra } = event
    const call = (calls[index] ??= { id, name, arguments: '', ...(extra ? { extra } : {}) })
    call.arguments += text
  }
  return calls
}

/** What a promise was rejected with; throws when it was not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('The call was expected to fail, but did not')
}
