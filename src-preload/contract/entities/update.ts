import { z } from 'zod'
import { ErrorShape } from '../errors'
import { Timestamp } from '../values'

/** What is known of newer versions of Fabula, and what is being done about one. */
export const Update = z.strictObject({
  /**
   * Whether this Fabula can replace itself by a newer one. `shell`: it has no window of its own, and comes with its source;
   * `copy`: it was unpacked and not installed; `source`: it was made without saying where newer ones are.
   */
  can: z.enum(['yes', 'shell', 'copy', 'source']),
  /** `ready`: downloaded and checked; `waiting`: to be installed as soon as nothing is being written. */
  state: z.enum(['none', 'checking', 'found', 'downloading', 'ready', 'waiting']),
  /** The newer version; null while none is known. */
  version: z.string().nullable(),
  /** What is new in it, as plain text; empty where the release does not say. */
  notes: z.string(),
  /** Of the download, from 0 to 1. */
  progress: z.number().min(0).max(1),
  /** The user does not want to be told of this version again while the app runs. */
  later: z.boolean(),
  checkedAt: Timestamp.nullable(),
  /** Why the last attempt failed. */
  problem: ErrorShape.nullable(),
})
export type Update = z.infer<typeof Update>
