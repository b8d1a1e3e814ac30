import type { Call } from '@contract/entities/usage'
import { FabulaError, MediaError, ProviderError } from '@contract/errors'
import type { MediaFolder } from '@main/data/media-folder'
import type { Stores } from '@main/data/stores'
import type { Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { Pause } from '@main/platform/pause'
import { mediaParameters } from '@main/providers/kit/media-parameters'
import { mediaAdapterFor } from '@main/providers/media/registry'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { MediaAdapter, MediaJobRequest, MediaJobs } from '@main/providers/spec/media'
import type { CallPlanner } from '@main/routing/call-plan'
import type { Connections } from '@main/routing/connections'
import type { MediaCaller } from '@main/routing/media-call'
import type { StageConfig } from '@main/settings/stage-config'
import { fetchResults } from './job-files'
import { costOf, planOf, priced, refuseTooLong } from './job-plan'
import { submitJob, waitForJob, type Submitted } from './job-steps'
import { createJobWays } from './job-ways'
import type { Made, Making, MediaMaker } from './maker'

/** How long a program that answers with the music itself may take before anything comes. */
const AT_ONCE_MS = 3_600_000

/** What a provider says of a job after which there is no use in asking for it again. */
const final: ReadonlySet<string> = new Set([
  MediaError.JobLost,
  MediaError.Expired,
  MediaError.NotMade,
  ProviderError.Refused,
])

const onlyFiles = { words: '', sentences: [] }

/** Makes songs and films: most providers take minutes for one, and are asked for a job and then how far it is. */
export function createJobMaker(ports: {
  stores: Pick<Stores, 'calls'>
  planner: CallPlanner
  connections: Pick<Connections, 'forPlan'>
  call: MediaCaller
  folder: MediaFolder
  events: EventHub
  clock: Clock
  logger: Logger
  pause: Pause
  random: () => number
}): MediaMaker {
  const { stores, call, folder, events, clock } = ports
  const ways = createJobWays(ports)
  const steps = { ...ports, ways }

  const mediaOf = ({ media, stage }: StageConfig): MediaDefinition => {
    if (!media) throw new Error(`Nobody makes what ${stage.id} is for`)
    return media
  }
  const jobsOf = (adapter: MediaAdapter, config: StageConfig): MediaJobs => {
    if (!adapter.jobs) throw new Error(`The adapter ${adapter.id} has no jobs`)
    return adapter.jobs(mediaOf(config))
  }
  const requestOf =
    ({ item, config }: Making) =>
    (signal: AbortSignal): MediaJobRequest => ({
      model: config.model,
      text: item.text,
      title: item.title,
      parameters: mediaParameters(mediaOf(config), config.settings.own),
      signal,
    })

  /** Enters in the ledger how a job ended that was submitted before. */
  const amend = ({ callId, since }: Submitted, end: Pick<Call, 'outcome' | 'errorCode' | 'cost'>) => {
    const totalMs = Math.max(0, Math.round(clock.now() - since))
    stores.calls.amend(callId, { ...end, costSource: end.cost === null ? null : 'provider', totalMs })
    events.changed({ topic: 'usage', ids: [callId] })
  }

  const makeByJob = async (making: Making, jobs: MediaJobs): Promise<Made> => {
    const { item, config, signal, keepTicket } = making
    const begun =
      item.ticket?.state === 'submitted'
        ? { ...item.ticket, ...priced(item.text, config) }
        : await submitJob(steps, making, jobs, requestOf(making))
    try {
      const done = await waitForJob(steps, making, jobs, begun)
      const files = await fetchResults(steps, making, jobs, { ticket: begun, done })
      amend(begun, { outcome: 'complete', errorCode: null, cost: done.cost })
      const cost = done.cost === null ? begun : { cost: done.cost, costSource: 'provider' as const }
      return { ...onlyFiles, ...files, cost: cost.cost, costSource: cost.costSource }
    } catch (error) {
      if (!signal.aborted && error instanceof FabulaError && final.has(error.code)) {
        keepTicket(null)
        amend(begun, { outcome: 'failed', errorCode: error.code, cost: null })
      }
      throw error
    }
  }

  /** Of a program that knows no jobs: it answers with what it made. */
  const makeAtOnce = async (making: Making, make: NonNullable<MediaAdapter['make']>): Promise<Made> => {
    const { item, config, report, signal } = making
    const request = requestOf(making)
    report({ phase: 'making', done: null, words: '' })
    const { answer, cost, costSource } = await call({
      plan: ways.planFor(config, { longestMs: AT_ONCE_MS }),
      account: ways.accountOf(item),
      price: costOf(item.text, config),
      signal,
      ask: async (connection, attempt) => {
        const made = await make(connection, mediaOf(config), request(attempt.signal))
        attempt.onActivity()
        report({ phase: 'fetching', done: null, words: '' })
        return { answer: await folder.add(made.content, config.provider.name), cost: made.cost }
      },
    })
    return { ...onlyFiles, file: answer, further: [], title: null, cost, costSource }
  }

  return {
    plan: (request, config) => {
      // What stands in the way of a request is said before it is made.
      ways.planFor(config)
      refuseTooLong(request.text, config)
      return planOf(request, config)
    },
    make: async (making) => {
      // What was taken already, was not too long.
      if (making.item.ticket?.state !== 'submitted') refuseTooLong(making.item.text, making.config)
      const adapter = await mediaAdapterFor(mediaOf(making.config).adapter)
      return adapter.make ? makeAtOnce(making, adapter.make) : makeByJob(making, jobsOf(adapter, making.config))
    },
    cancel: async ({ item: { ticket }, config, signal }) => {
      const adapter = await mediaAdapterFor(mediaOf(config).adapter)
      const jobs = adapter.jobs?.(mediaOf(config))
      if (ticket?.state !== 'submitted' || !jobs?.cancel) return false
      await jobs.cancel(ways.wayTo(config), ticket.ticket, signal)
      amend(ticket, { outcome: 'stopped', errorCode: null, cost: null })
      return true
    },
  }
}
