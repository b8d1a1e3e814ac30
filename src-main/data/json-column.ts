import { z } from 'zod'
import { FabulaError, StorageError } from '@contract/errors'

/** How a value is kept in a JSON column: with the version of its shape, so that a later one can upgrade it. */
export interface JsonColumn<Value> {
  encode(value: Value): string
  /** Throws `database_damaged` for what this version of the shape cannot be. */
  decode(text: string): Value
}

export function jsonColumn<Schema extends z.ZodType>(schema: Schema, version = 1): JsonColumn<z.output<Schema>> {
  const envelope = z.strictObject({ version: z.literal(version), value: z.unknown() })
  return {
    encode: (value) => JSON.stringify({ version, value }),
    decode: (text) => {
      try {
        return schema.parse(envelope.parse(JSON.parse(text)).value)
      } catch (error) {
        throw new FabulaError(StorageError.DatabaseDamaged, 'A JSON column has an unexpected shape', { cause: error })
      }
    },
  }
}
