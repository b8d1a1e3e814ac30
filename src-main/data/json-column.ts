import { z } from 'zod'

/** How a value is kept in a JSON column: with the version of its shape, so that a later one can upgrade it. */
export interface JsonColumn<Value> {
  encode(value: Value): string
  decode(text: string): Value
}

export function jsonColumn<Schema extends z.ZodType>(schema: Schema, version = 1): JsonColumn<z.output<Schema>> {
  const envelope = z.strictObject({ version: z.literal(version), value: z.unknown() })
  return {
    encode: (value) => JSON.stringify({ version, value }),
    decode: (text) => schema.parse(envelope.parse(JSON.parse(text)).value),
  }
}
