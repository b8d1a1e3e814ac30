import { z } from 'zod'
import { ErrorShape } from '@contract/errors'

/** What the thread for backups is asked for. */
export const BackupTask = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('copy'),
    database: z.string(),
    file: z.string(),
    /** A copy that is there; another one of the same is not kept. */
    unlessLike: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('stage'), backup: z.string(), dataDir: z.string() }),
])
export type BackupTask = z.infer<typeof BackupTask>

/** What it answers. An error crosses as what it is known by. */
export const BackupAnswer = z.union([
  z.strictObject({ kept: z.boolean() }),
  z.strictObject({ error: ErrorShape }),
  z.strictObject({ failure: z.strictObject({ code: z.string(), message: z.string() }) }),
])
export type BackupAnswer = z.infer<typeof BackupAnswer>
