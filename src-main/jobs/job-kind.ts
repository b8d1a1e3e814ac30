import type { JsonObject } from '@contract/values'
import { CommonError, FabulaError } from '@contract/errors'
import type { JobRow } from '@main/data/job-store'
import type { JsonColumn } from '@main/data/json-column'
import type { z } from 'zod'

/** What a job gets while it runs. */
export interface RunningJob<Input, Progress> {
  input: Input
  /** As far as it came before, where it was stopped or the app was closed. */
  progress: Progress
  /** Says how far it is by now: as often as it likes, the runner tells and keeps it at its own pace. */
  report(progress: Progress): void
  /** Aborted when the job is stopped, removed or the app closes. A job ends soon after that; what it throws then is no failure. */
  signal: AbortSignal
}

/**
 * A kind of work that takes longer than a request. A new one is a file that makes a `JobKind`, and its line in
 * `core/job-kinds.ts`.
 */
export interface JobKind<Input extends JsonObject, Progress extends JsonObject> {
  id: string
  /** What a job of this kind is told to do. */
  schema: z.ZodType<Input>
  input: JsonColumn<Input>
  progress: JsonColumn<Progress>
  /** How far a job is that has not begun. */
  nothingYet: Progress
  /** Where a job belongs. Throws where there can be none. */
  place(input: Input): Pick<JobRow, 'key' | 'subject' | 'serverId'>
  /** Does the work. May run again after it was cut off anywhere, and goes on from there as far as it can. */
  run(job: RunningJob<Input, Progress>): Promise<void>
}

/** A kind as the runner sees it: rows in, rows out. What its rows hold is between it and them. */
export interface RegisteredKind {
  id: string
  /** A row for new work. Throws `bad_input` for what the kind does not take. */
  accept(input: JsonObject): Pick<JobRow, 'key' | 'subject' | 'serverId' | 'input' | 'progress'>
  /** Throws `database_damaged` for an input that cannot be read; progress that cannot be read begins anew. */
  read(row: JobRow): { input: JsonObject; progress: JsonObject }
  run(row: JobRow, report: (progress: Reported) => void, signal: AbortSignal): Promise<void>
}

/** Progress twice: to be told, and to be kept. */
export interface Reported {
  told: JsonObject
  kept: () => string
}

export function registered<Input extends JsonObject, Progress extends JsonObject>(
  kind: JobKind<Input, Progress>
): RegisteredKind {
  const read = (row: JobRow) => ({ input: kind.input.decode(row.input), progress: progressOf(row) })
  const progressOf = (row: JobRow): Progress => {
    try {
      return kind.progress.decode(row.progress)
    } catch {
      return kind.nothingYet
    }
  }
  return {
    id: kind.id,
    accept: (given) => {
      const parsed = kind.schema.safeParse(given)
      if (!parsed.success) {
        const [issue] = parsed.error.issues
        const path = ['input', ...(issue?.path ?? [])].join('.')
        throw new FabulaError(CommonError.BadInput, `A job of kind ${kind.id}: ${path}: ${issue?.message ?? ''}`, {
          details: { path, reason: issue?.message ?? '' },
        })
      }
      return {
        ...kind.place(parsed.data),
        input: kind.input.encode(parsed.data),
        progress: kind.progress.encode(kind.nothingYet),
      }
    },
    read,
    run: (row, report, signal) =>
      kind.run({
        ...read(row),
        report: (progress) => report({ told: progress, kept: () => kind.progress.encode(progress) }),
        signal,
      }),
  }
}
