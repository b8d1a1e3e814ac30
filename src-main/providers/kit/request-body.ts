import type { JsonObject } from '@contract/values'
import type { Connection } from '@main/providers/spec/protocol'
import { mergeInto } from './merge-json'

/**
 * The beginning of a request body: what the definition requires, over it what the user adds to every request, over it
 * what is set for the model.
 */
export function requestBody(
  connection: Pick<Connection, 'extraBody'>,
  required: JsonObject,
  parameters: JsonObject
): JsonObject {
  const body: JsonObject = {}
  for (const fields of [required, connection.extraBody, parameters]) mergeInto(body, fields)
  return body
}
