import { z } from 'zod'
import { command, query } from '../route'
import { Job, JobKindId } from '../entities/job'
import { JobId } from '../ids'
import { JsonObject, Nothing } from '../values'

const byJob = z.strictObject({ id: JobId })

export const jobRoutes = {
  /** Of one kind, newest first; with `ids`, those of them alone. Progress comes as `job.progress`. */
  'jobs.list': query(
    z.strictObject({ kind: JobKindId, ids: z.array(JobId).max(500).optional() }),
    z.array(Job),
    ['jobs'],
    { rows: { topics: ['jobs'], order: { newest: 'createdAt' } } }
  ),
  /**
   * The kind says what `input` must be. Work that is on the list already is not begun twice: if it was stopped or failed,
   * it goes on where it was.
   */
  'jobs.start': command(z.strictObject({ kind: JobKindId, input: JsonObject }), Job),
  'jobs.stop': command(byJob, Job),
  'jobs.resume': command(byJob, Job),
  /** Takes it off the list; one that runs is stopped first. */
  'jobs.remove': command(byJob, Nothing),
}
