import type { Call } from '@contract/entities/usage'
import { FabulaError, MediaError } from '@contract/errors'
import type { MediaTicket } from '@main/data/stored-media'
import type { Clock } from '@main/platform/clock'
import type { Logger } from '@main/platform/logger'
import type { Pause } from '@main/platform/pause'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { MediaJobRequest, MediaJobs, MediaJobState } from '@main/providers/spec/media'
import type { MediaCaller } from '@main/routing/media-call'
import { costOf } from './job-plan'
import type { JobWays } from './job-ways'
import type { Making } from './maker'
import { untilTaken } from './put-off'

export type Submitted = Extract<MediaTicket, { state: 'submitted' }>
export type DoneJob = Extract<MediaJobState, { state: 'done' }>

/** A provider that cannot be asked how far a job is, is asked again for so long. */
const PATIENCE_MS = 30 * 60_000
/** Each wait is longer than the one before, and none exactly as long as that of others. */
const SLOWER = 1.4
const JITTER = 0.2
const HOUR_MS = 3_600_000

interface StepPorts {
  ways: JobWays
  call: MediaCaller
  clock: Clock
  logger: Logger
  pause: Pause
  random: () => number
}

/**
 * Asks for a job. What the provider put off surely was not begun, and is asked for again; what may have been is not. The
 * ticket is kept before and after, so that a kill in between leaves word of it.
 */
export async function submitJob(
  { ways, call, clock, pause }: StepPorts,
  making: Making,
  jobs: MediaJobs,
  requestWith: (signal: AbortSignal) => MediaJobRequest
): Promise<Submitted & Pick<Call, 'cost' | 'costSource'>> {
  const { item, config, signal, report, keepTicket } = making
  const account = ways.accountOf(item)
  const ask = async (): Promise<Submitted & Pick<Call, 'cost' | 'costSource'>> => {
    report({ phase: 'asking', done: null, words: '' })
    try {
      const { answer, callId, cost, costSource } = await call({
        plan: ways.planFor(config),
        account,
        price: costOf(item.text, config),
        signal,
        ask: async (connection, attempt) => {
          keepTicket({ state: 'submitting' })
          return { answer: await jobs.submit(connection, requestWith(attempt.signal)), cost: null }
        },
      })
      const ticket: Submitted = { state: 'submitted', ticket: answer, since: clock.now(), callId }
      keepTicket(ticket)
      return { ...ticket, cost, costSource }
    } catch (error) {
      // Stopped or closed in this moment: nobody knows.
      if (!signal.aborted) keepTicket(null)
      throw error
    }
  }
  return untilTaken({ pause, signal }, ask, () => report({ phase: 'waiting', done: null, words: '' }))
}

/** Asks how far a job is until it is done, less and less often. Throws what its provider says of one that is not to be. */
export async function waitForJob(
  { ways, clock, logger, pause, random }: StepPorts,
  { config, signal, report, keepTicket }: Making,
  jobs: MediaJobs,
  ticket: Submitted
): Promise<DoneJob> {
  const { firstMs, mostMs, giveUpMs } = jobs.pace
  let waitMs = firstMs
  let heardAt = clock.now()
  report({ phase: 'queued', done: null, words: '' })
  for (;;) {
    if (clock.now() - ticket.since > giveUpMs) {
      // One who wants to wait longer waits as long again.
      keepTicket({ state: 'submitted', ticket: ticket.ticket, callId: ticket.callId, since: clock.now() })
      throw tookTooLong(config.provider.name, giveUpMs)
    }
    await pause(waitMs * (1 + (random() * 2 - 1) * JITTER), signal)
    try {
      const now = await jobs.look(ways.wayTo(config), ticket.ticket, signal)
      if (now.state === 'done') return now
      heardAt = clock.now()
      report({ phase: now.state, done: now.done, words: '' })
      waitMs = Math.min(mostMs, waitMs * SLOWER)
    } catch (error) {
      if (!(error instanceof ProviderFailure) || !error.retryable || signal.aborted) throw error
      if (clock.now() - heardAt > PATIENCE_MS) throw error
      logger.warn('A job could not be looked after', { provider: config.provider.name, code: error.code })
      waitMs = Math.max(mostMs, error.retryAfterMs ?? 0)
    }
  }
}

const tookTooLong = (provider: string, ms: number) =>
  new FabulaError(MediaError.TookTooLong, `${provider} did not finish a job in ${ms / HOUR_MS} h`, {
    details: { provider, hours: Math.round(ms / HOUR_MS) },
    retryable: true,
  })
