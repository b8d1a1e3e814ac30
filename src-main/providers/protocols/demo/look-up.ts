import type { JsonObject } from '@contract/values'
import type { TextMessage } from '@main/providers/spec/chat'
import { readConversation } from './conversation'
import { objectOf } from './schema-keywords'

/** Characters of a query. */
const LENGTH = 160

const lastSentence = (text: string): string =>
  text
    .trim()
    .split(/(?<=[.!?…]["”»’)]?)\s+/)
    .at(-1)
    ?.slice(0, LENGTH) ?? ''

/**
 * What the Demo would look up in the story where a schema asks for queries, else null: the writer's line and the end of what was
 * told last, as they stand.
 */
export function lookUp(schema: JsonObject, messages: readonly TextMessage[]): JsonObject | null {
  if (objectOf(objectOf(schema['properties'])['queries'])['type'] !== 'array') return null
  const { line, told } = readConversation(messages)
  const queries = [line ?? '', told].map(lastSentence).filter((query) => query !== '')
  return queries.length > 0 ? { queries } : null
}
