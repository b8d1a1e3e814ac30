import { z } from 'zod'
import { Timestamp } from '../values'

/**
 * Why a copy of the database was made. `hand`: the user asked for it; `update`: a newer version was about to change it;
 * `restore`: it is what was there before a backup was restored; `kept`: the same, of one that could not be used.
 */
export const BackupReason = z.enum(['daily', 'hand', 'update', 'restore', 'kept'])
export type BackupReason = z.infer<typeof BackupReason>

/** The name of a file in the folder of backups. */
export const BackupId = z
  .string()
  .max(100)
  .regex(/^[\w-]+\.sqlite$/)

export const Backup = z.strictObject({
  id: BackupId,
  at: Timestamp,
  reason: BackupReason,
  bytes: z.number().int().nonnegative(),
  /** Of the schema; null for what is no database any more. */
  version: z.number().int().nonnegative().nullable(),
  /** `newer`: this Fabula does not know its schema; `damaged`: it was looked through, or is no database. */
  state: z.enum(['ready', 'newer', 'damaged']),
})
export type Backup = z.infer<typeof Backup>

export const BackupList = z.strictObject({
  folder: z.string(),
  /** The newest first. */
  backups: z.array(Backup),
})
export type BackupList = z.infer<typeof BackupList>
