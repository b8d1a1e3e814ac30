import { channel } from 'node:diagnostics_channel'
import { z } from 'zod'
import { FabulaError, StorageError } from '@contract/errors'
import { JsonValue } from '@contract/values'

/** How a value is kept in a JSON column: with the version of its shape, so that a later one can upgrade it. */
export interface JsonColumn<In, Out = In> {
  encode(value: In): string
  /**
   * The value as this version has it, upgraded where it is older. What cannot be read is the column's `otherwise`, and
   * noted; without one it throws `database_damaged`.
   */
  decode(text: string): Out
}

/** Makes of a value of one version the value of the next. */
export type Upgrade = (older: JsonValue) => JsonValue

interface Shape<Otherwise> {
  /** `upgrades[n - 1]` brings version n to n + 1; the version that is written is the one after the last. */
  upgrades?: readonly Upgrade[]
  /** What stands for a value that is damaged or of a newer version, so that only its own row is poorer for it. */
  otherwise: Otherwise
}

/** A stored value that could not be read. */
export interface Unreadable {
  /** As it is in the database: it is lost once its row is written again. */
  text: string
  cause: unknown
}

const unreadableValues = channel('fabula:unreadable-value')

/** Tells whoever keeps the log of a stored value that something else stands for now. */
export const noteUnreadable = (value: Unreadable): void => unreadableValues.publish(value)

/** Returns the function that ends it. */
export function onUnreadable(listener: (value: Unreadable) => void): () => void {
  // Nothing but `noteUnreadable` publishes here.
  const hear = (message: unknown) => listener(message as Unreadable)
  unreadableValues.subscribe(hear)
  return () => {
    unreadableValues.unsubscribe(hear)
  }
}

const Envelope = z.strictObject({ version: z.number().int().positive(), value: z.unknown() })

export function jsonColumn<Schema extends z.ZodType>(schema: Schema): JsonColumn<z.output<Schema>>
export function jsonColumn<Schema extends z.ZodType>(
  schema: Schema,
  shape: Shape<z.output<Schema>>
): JsonColumn<z.output<Schema>>
export function jsonColumn<Schema extends z.ZodType>(
  schema: Schema,
  shape: Shape<null>
): JsonColumn<z.output<Schema>, z.output<Schema> | null>
export function jsonColumn<Schema extends z.ZodType>(
  schema: Schema,
  shape?: Shape<z.output<Schema> | null>
): JsonColumn<z.output<Schema>, z.output<Schema> | null> {
  const upgrades = shape?.upgrades ?? []
  const current = upgrades.length + 1
  const read = (text: string): z.output<Schema> => {
    const { version, value } = Envelope.parse(JSON.parse(text))
    if (version > current) throw new RangeError(`Version ${version} is newer than ${current}`)
    if (version === current) return schema.parse(value)
    return schema.parse(upgrades.slice(version - 1).reduce((older, upgrade) => upgrade(older), JsonValue.parse(value)))
  }
  return {
    encode: (value) => JSON.stringify({ version: current, value }),
    decode: (text) => {
      try {
        return read(text)
      } catch (cause) {
        if (!shape)
          throw new FabulaError(StorageError.DatabaseDamaged, 'A JSON column has an unexpected shape', { cause })
        noteUnreadable({ text, cause })
        return shape.otherwise
      }
    },
  }
}
