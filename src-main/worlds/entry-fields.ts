import type { z } from 'zod'
import {
  CharacterFields,
  LoreFields,
  PersonaFields,
  PlaceFields,
  type EntryPatch,
  type WorldEntry,
  type WorldEntryKind,
} from '@contract/entities/world'
import { CommonError, FabulaError } from '@contract/errors'
import type { JsonObject } from '@contract/values'

/** What entries of all kinds have. */
export type EntryFrame = Omit<WorldEntry, 'kind' | 'fields'>

/** Values as a schema has them. Throws `bad_input` naming the field below `at`. */
export function parsedFields<Schema extends z.ZodType>(schema: Schema, fields: object, at: string): z.output<Schema> {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = [at, ...(issue?.path ?? [])].join('.')
  const reason = issue?.message ?? 'does not fit'
  throw new FabulaError(CommonError.BadInput, `${path}: ${reason}`, { details: { path, reason } })
}

/** An entry of a kind; fields that are not given are as in a new one. Throws `bad_input` naming the field. */
export function entryOf(kind: WorldEntryKind, frame: EntryFrame, fields: JsonObject, at: string): WorldEntry {
  switch (kind) {
    case 'character':
      return { ...frame, kind, fields: parsedFields(CharacterFields, fields, at) }
    case 'place':
      return { ...frame, kind, fields: parsedFields(PlaceFields, fields, at) }
    case 'persona':
      return { ...frame, kind, fields: parsedFields(PersonaFields, fields, at) }
    case 'lore':
      return { ...frame, kind, fields: parsedFields(LoreFields, fields, at) }
  }
}

/** An entry with some of it changed. Throws `bad_input` naming the field below `at`. */
export function entryWith(entry: WorldEntry, { name, enabled, fields }: EntryPatch, at: string): WorldEntry {
  const { kind, fields: before, ...frame } = entry
  return entryOf(
    kind,
    { ...frame, name: name ?? entry.name, enabled: enabled ?? entry.enabled },
    { ...before, ...fields },
    `${at}.fields`
  )
}
