import { z } from 'zod'
import { ErrorShape } from '../errors'
import { JobId } from '../ids'
import { JsonObject, Timestamp } from '../values'

/** The name of a kind of job: a word, as `pull`. Which kinds there are is up to main. */
export const JobKindId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)

/**
 * `waiting`: for the one before it; `stopped`: by the user, and can go on where it was; `failed`: can be tried again;
 * `done`: it came to its end. What was `running` when the app was closed goes on at the next start.
 */
export const JobState = z.enum(['waiting', 'running', 'stopped', 'failed', 'done'])
export type JobState = z.infer<typeof JobState>

/** Work that takes longer than a request. What it is to do and how far it is are the business of its kind. */
export const Job = z.strictObject({
  id: JobId,
  kind: JobKindId,
  state: JobState,
  input: JsonObject,
  progress: JsonObject,
  /** Why it failed; null unless it did. */
  error: ErrorShape.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Job = z.infer<typeof Job>
