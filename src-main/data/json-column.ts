import { channel } from 'node:diagnostics_channel'
import { z } from 'zod'
import type { StoredPart } from '@contract/entities/unreadable'
import { FabulaError, StorageError } from '@contract/errors'
import { sameJson } from '@contract/json'
import { JsonValue } from '@contract/values'

/** How a value is kept in a JSON column: with the version of its shape, so that a later one can upgrade it. */
export interface JsonColumn<In, Out = In> {
  encode(value: In): string
  /**
   * The value as this version has it, upgraded where it is older. What cannot be read is the column's `otherwise`, and
   * noted; without one it throws `database_damaged`.
   */
  decode(text: string): Out
  /** As `decode`, and whether it could be read. */
  read(text: string): { value: Out; readable: boolean }
  /**
   * What to write over `stored`: that itself where it cannot be read and the value is only what stands for it, so that a
   * change of something else does not take it along.
   */
  encodeOver(value: In, stored: string | null | undefined): string
  encodeOver(value: In | null, stored: string | null | undefined): string | null
}

/** Reads the JSON columns of one row. */
export interface RowReader {
  read<In, Out>(part: StoredPart, column: JsonColumn<In, Out>, text: string): Out
  /** For the row, once all is read: which parts could not be; empty where all could. */
  note(): { unreadable?: StoredPart[] }
}

export function rowReader(): RowReader {
  const parts = new Set<StoredPart>()
  return {
    read: (part, column, text) => {
      const { value, readable } = column.read(text)
      if (!readable) parts.add(part)
      return value
    },
    note: () => (parts.size === 0 ? {} : { unreadable: [...parts] }),
  }
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
  const parsed = (text: string): z.output<Schema> => {
    const { version, value } = Envelope.parse(JSON.parse(text))
    if (version > current) throw new RangeError(`Version ${version} is newer than ${current}`)
    if (version === current) return schema.parse(value)
    return schema.parse(upgrades.slice(version - 1).reduce((older, upgrade) => upgrade(older), JsonValue.parse(value)))
  }
  const encode = (value: z.output<Schema>) => JSON.stringify({ version: current, value })
  const readOrStandIn = (text: string) => {
    try {
      return { value: parsed(text), readable: true }
    } catch (cause) {
      if (!shape)
        throw new FabulaError(StorageError.DatabaseDamaged, 'A JSON column has an unexpected shape', { cause })
      noteUnreadable({ text, cause })
      return { value: shape.otherwise, readable: false }
    }
  }
  const isReadable = (text: string) => {
    try {
      parsed(text)
      return true
    } catch {
      return false
    }
  }
  function encodeOver(value: z.output<Schema>, stored: string | null | undefined): string
  function encodeOver(value: z.output<Schema> | null, stored: string | null | undefined): string | null
  function encodeOver(value: z.output<Schema> | null, stored: string | null | undefined): string | null {
    if (shape && typeof stored === 'string' && sameJson(value, shape.otherwise) && !isReadable(stored)) return stored
    return value === null ? null : encode(value)
  }
  return { encode, encodeOver, decode: (text) => readOrStandIn(text).value, read: readOrStandIn }
}
