import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import type { Job } from '@contract/entities/job'
import { CommonError, FabulaError } from '@contract/errors'
import { jsonColumn } from '@main/data/json-column'
import { registered, type JobKind, type RunningJob } from '@main/jobs/job-kind'
import { createJobs } from '@main/jobs/job-runner'
import { createEventHub } from '@main/platform/event-hub'
import { createGate } from '@test/helpers/gate'
import { testStores } from '@test/helpers/test-stores'

const Input = z.strictObject({ name: z.string().min(1), lane: z.string() })
const Progress = z.strictObject({ count: z.number() })
type Input = z.infer<typeof Input>
type Progress = z.infer<typeof Progress>

const START = Date.parse('2026-03-01T12:00:00.000Z')
const DAY_MS = 86_400_000

/** A runner on a database of its own, with one kind that does what the test says. */
function stage(run: (job: RunningJob<Input, Progress>) => Promise<void>, known = testStores()) {
  const kind: JobKind<Input, Progress> = {
    id: 'count',
    schema: Input,
    input: jsonColumn(Input),
    progress: jsonColumn(Progress),
    nothingYet: { count: 0 },
    place: ({ name, lane }) => ({ key: lane, subject: name, serverId: null }),
    run,
  }
  const events = createEventHub()
  const told: Job[] = []
  events.subscribe(({ name, payload }) => void (name === 'job.progress' && told.push(payload)))
  const clock = { now: () => START }
  const logged: string[] = []
  const log = (message: string) => void logged.push(message)
  const jobs = createJobs({
    kinds: [registered(kind)],
    stores: known.stores,
    events,
    clock,
    logger: { info: log, warn: log, error: log },
    toUserError: (error) =>
      error instanceof FabulaError ? error : new FabulaError(CommonError.Internal, String(error), { cause: error }),
  })
  onTestFinished(() => jobs.close())
  const start = (name: string, lane = 'one') => jobs.start('count', { name, lane })
  const states = () => Object.fromEntries(jobs.list('count').map(({ input, state }) => [input['name'], state]))
  return { ...known, jobs, clock, told, logged, start, states }
}

/** Ends when it is stopped. */
const endless = ({ signal }: RunningJob<Input, Progress>) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut off')), { once: true }))

describe('progress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is told four times a second at most, however often the work reports it, and the last one is never lost', async () => {
    let report: (progress: Progress) => void = () => {}
    const { told, start, jobs } = stage((job) => {
      ;({ report } = job)
      return endless(job)
    })
    start('much')
    for (let count = 1; count <= 200; count += 1) {
      report({ count })
      await vi.advanceTimersByTimeAsync(10)
    }
    await vi.advanceTimersByTimeAsync(1000)
    // Two seconds: one at once, then one each quarter of a second.
    expect(told.length).toBeGreaterThanOrEqual(8)
    expect(told.length).toBeLessThanOrEqual(9)
    expect(told.at(-1)?.progress).toEqual({ count: 200 })
    expect(jobs.list('count')[0]?.progress).toEqual({ count: 200 })
  })

  it('is kept now and then, so that a crash costs no more than a second', async () => {
    let report: (progress: Progress) => void = () => {}
    const crashed = stage((job) => {
      ;({ report } = job)
      return endless(job)
    })
    crashed.start('long')
    report({ count: 1 })
    report({ count: 2 })
    await vi.advanceTimersByTimeAsync(1000)
    const seen: number[] = []
    // The same database, after a crash: nobody has closed anything.
    const next = stage((job) => {
      seen.push(job.progress.count)
      return Promise.resolve()
    }, crashed)
    next.jobs.resumeAll()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen).toEqual([2])
    expect(next.states()).toEqual({ long: 'done' })
  })
})

describe('jobs', () => {
  it('of one key run one at a time, the oldest first; those of another key run beside them', async () => {
    const gate = createGate()
    const began: string[] = []
    const { start, states } = stage(async ({ input }) => {
      began.push(input.name)
      if (input.name === 'first') await gate.opened
    })
    for (const name of ['first', 'second', 'third']) start(name)
    start('beside', 'other')
    expect(began).toEqual(['first', 'beside'])
    gate.open()
    await expect.poll(states).toEqual({ first: 'done', second: 'done', third: 'done', beside: 'done' })
    expect(began).toEqual(['first', 'beside', 'second', 'third'])
  })

  it('are begun once for the same work, and done anew when it was done', async () => {
    const counts: number[] = []
    const { start, states, jobs } = stage((job) => {
      counts.push(job.progress.count)
      job.report({ count: 7 })
      return counts.length === 1 ? endless(job) : Promise.resolve()
    })
    const { id } = start('same')
    expect(start('same').id).toBe(id)
    expect(jobs.stop(id)).toMatchObject({ state: 'stopped', progress: { count: 7 } })
    // What was stopped goes on where it was.
    start('same')
    await expect.poll(states).toEqual({ same: 'done' })
    start('same')
    await expect.poll(() => counts).toEqual([0, 7, 0])
    expect(jobs.list('count')).toHaveLength(1)
  })

  it('that fail say why, and can go on', async () => {
    let fails = true
    const { start, jobs } = stage(() => (fails ? Promise.reject(new Error('no luck')) : Promise.resolve()))
    const { id } = start('shaky')
    await expect
      .poll(() => jobs.list('count'))
      .toMatchObject([{ state: 'failed', error: { message: 'Error: no luck' } }])
    fails = false
    jobs.resume(id)
    await expect.poll(() => jobs.list('count')).toMatchObject([{ state: 'done', error: null }])
  })

  it('are stopped where they are, taken off the list, and the next one begins only when they have let go', async () => {
    const letGo = createGate()
    const began: string[] = []
    const { start, states, jobs } = stage(async (job) => {
      began.push(job.input.name)
      if (job.input.name !== 'slow') return
      await endless(job).catch(() => {})
      await letGo.opened
    })
    const { id } = start('slow')
    start('next')
    jobs.remove(id)
    expect(states()).toEqual({ next: 'waiting' })
    expect(began).toEqual(['slow'])
    letGo.open()
    await expect.poll(states).toEqual({ next: 'done' })
  })

  it('that ended long ago are forgotten: done ones after a week, others after a month', async () => {
    const { start, states, jobs, clock } = stage(({ input }) =>
      input.name === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve()
    )
    start('good', 'a')
    start('bad', 'b')
    await expect.poll(states).toEqual({ good: 'done', bad: 'failed' })
    clock.now = () => START + 8 * DAY_MS
    jobs.resumeAll()
    expect(states()).toEqual({ bad: 'failed' })
    clock.now = () => START + 31 * DAY_MS
    jobs.resumeAll()
    expect(states()).toEqual({})
  })

  it('that cannot be read hide no others, and stop none', async () => {
    const { start, states, jobs, db, logged } = stage(() => Promise.resolve())
    start('broken')
    await expect.poll(states).toEqual({ broken: 'done' })
    db.prepare("UPDATE jobs SET input = '{', state = 'waiting'").run()
    db.prepare(
      "INSERT INTO jobs SELECT 'x', 'from-later', key, 'y', state, input, progress, NULL, NULL, created_at, updated_at FROM jobs"
    ).run()
    start('whole')
    jobs.resumeAll()
    await expect.poll(states).toEqual({ whole: 'done' })
    expect(logged).toContain('A job cannot be read')
  })

  it('that cannot be kept end without a loop', async () => {
    let runs = 0
    const { start, db, logged } = stage(() => {
      runs += 1
      db.pragma('query_only = ON')
      return Promise.resolve()
    })
    start('first')
    await expect.poll(() => logged).toContain('A job could not be kept')
    expect(runs).toBe(1)
    db.pragma('query_only = OFF')
  })

  it('take only what their kind takes', () => {
    const { jobs } = stage(() => Promise.resolve())
    const refusal = (kind: string, input: Record<string, string>) => {
      try {
        jobs.start(kind, input)
      } catch (error) {
        return error
      }
    }
    expect(refusal('count', { name: '', lane: 'x' })).toMatchObject({
      code: 'bad_input',
      details: { path: 'input.name' },
    })
    expect(refusal('nothing', {})).toMatchObject({ code: 'not_found', details: { path: 'kind' } })
  })
})
