import { MEDIA, MediaInput, MediaProgress } from '@contract/entities/media'
import { CommonError, FabulaError, MediaError } from '@contract/errors'
import { MediaId } from '@contract/ids'
import { jsonColumn } from '@main/data/json-column'
import type { KeptFile, MediaFolder } from '@main/data/media-folder'
import type { MediaRow } from '@main/data/stored-media'
import type { Stores } from '@main/data/stores'
import type { JobKind, RunningJob } from '@main/jobs/job-kind'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { Logger } from '@main/platform/logger'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { StageConfig } from '@main/settings/stage-config'
import type { Made, MediaMakers, Making } from './maker'
import type { MakingConfigs } from './making-config'
import { readMediaFacts } from './media-facts'
import { titleOf, wordsOf } from './media-words'

/** How long ending a job at its provider may take: the app may be waiting to close. */
const CANCEL_MS = 10_000

const nothingYet: MediaProgress = { phase: 'waiting', done: null, words: '' }

/**
 * Makes what a stage was asked for. May be cut off anywhere: what was submitted to a provider is asked for again, and never
 * submitted twice.
 */
export function createMediaKind(ports: {
  stores: Stores
  directory: Pick<ProviderDirectory, 'find'>
  configs: MakingConfigs
  makers: MediaMakers
  folder: MediaFolder
  events: EventHub
  clock: Clock
  logger: Logger
  toUserError: (error: unknown) => FabulaError
}): JobKind<MediaInput, MediaProgress> {
  const { stores, directory, configs, makers, folder, events, clock, logger, toUserError } = ports

  const changed = (...ids: readonly MediaId[]) => events.changed({ topic: 'media', ids })
  const rowOf = (id: MediaId): MediaRow => {
    const row = stores.media.get(id)
    if (!row) throw new FabulaError(CommonError.NotFound, `There is no media ${id}`, { details: { path: 'mediaId' } })
    return row
  }
  const configOf = ({ stage, asked, settings }: MediaRow): StageConfig =>
    asked ? configs.asAsked(stage, asked) : configs.now(stage, settings).config
  const makerOf = ({ stage }: StageConfig) => {
    const maker = makers[stage.kind]
    if (!maker) throw new Error(`Nothing makes what ${stage.id} is for`)
    return maker
  }

  /** A row of its own for what came beside what was asked for. */
  const rowBeside = (row: MediaRow, { title }: { title: string | null }): MediaRow => {
    const beside = { ...row, id: newId(MediaId), title: title ?? row.title, createdAt: timestamp(clock), ticket: null }
    return { ...beside, ...wordsOf(beside), state: 'complete', error: null, cost: null, costSource: null }
  }

  const keepMade = async (id: MediaId, made: Made, signal: AbortSignal) => {
    const facts = await (made.file ? readMediaFacts(folder, made.file) : noFacts)
    const beside: { file: KeptFile; title: string | null; facts: Awaited<ReturnType<typeof readMediaFacts>> }[] = []
    // One after the other: each is read from the disk.
    for (const one of made.further) beside.push({ ...one, facts: await readMediaFacts(folder, one.file) })
    signal.throwIfAborted()
    const ids = stores.transaction(() => {
      const row = rowOf(id)
      const { words, sentences, cost, costSource } = made
      const whole: MediaRow = { ...row, words, sentences, cost, costSource, ...facts, state: 'complete', error: null }
      // A name that the user has given by now stays.
      const title = made.title !== null && row.title === titleOf(row.text) ? made.title : row.title
      stores.media.keep(whole)
      stores.media.setTicket(id, null)
      stores.media.rename(id, { title, ...wordsOf({ ...whole, title }) })
      const others = beside.map((one) => ({ ...rowBeside({ ...whole, title }, one), ...one.facts }))
      for (const other of others) stores.media.insert(other)
      return [id, ...others.map((other) => other.id)]
    })
    changed(...ids)
  }

  /** What the user stopped or deleted ends at the provider too; what only the app's end cut off goes on there. */
  const endThere = async (item: MediaRow, config: StageConfig): Promise<void> => {
    const { cancel } = makerOf(config)
    if (!cancel || !item.ticket) return
    try {
      const isOver = await cancel({ item, config, signal: AbortSignal.timeout(CANCEL_MS) })
      if (isOver) stores.media.setTicket(item.id, null)
    } catch (error) {
      logger.warn('A job could not be ended at its provider', { id: item.id, cause: String(error) })
    }
  }

  /** Whether it is the user who ended a run, by its job: one that is cut off is to go on. */
  const isEndedByUser = (id: MediaId) => stores.jobs.find(MEDIA, id)?.state !== 'running'

  const run = async (job: RunningJob<MediaInput, MediaProgress>): Promise<void> => {
    const { report, signal } = job
    const { mediaId: id } = job.input
    const item = rowOf(id)
    if (item.state === 'complete') return
    let kept = item.ticket
    let config: StageConfig | null = null
    const making = (using: StageConfig): Making => ({
      item,
      config: using,
      signal,
      report,
      keepTicket: (ticket) => {
        kept = ticket
        stores.media.setTicket(id, ticket)
      },
    })
    try {
      stores.media.setState(id, 'running')
      changed(id)
      config = configOf(item)
      if (item.ticket?.state === 'submitting')
        throw new FabulaError(MediaError.Unsure, `Nobody knows whether ${config.provider.name} has begun`, {
          details: { provider: config.provider.name },
        })
      const maker = makerOf(config)
      const made = await maker.make(making(config))
      await keepMade(id, made, signal)
      await maker.forget?.(id).catch((error: unknown) => {
        // It is tried again at the next start.
        logger.warn('What something was made of could not be removed', { id, cause: String(error) })
      })
    } catch (error) {
      if (!signal.aborted) {
        stores.media.keep({ ...rowOf(id), state: 'failed', error: toUserError(error).toShape() })
      } else if (isEndedByUser(id)) {
        stores.media.setState(id, 'stopped')
        if (config) await endThere({ ...item, ticket: kept }, config)
      }
      changed(id)
      throw error
    }
  }

  /** What this computer makes is made one after the other; others have their own limits. */
  const keyOf = ({ id, stage, asked }: MediaRow): string =>
    asked && directory.find(asked.providerId)?.local ? `${MEDIA}/${stage}/${asked.providerId}` : `${MEDIA}/${id}`

  return {
    id: MEDIA,
    schema: MediaInput,
    input: jsonColumn(MediaInput),
    progress: jsonColumn(MediaProgress),
    nothingYet,
    place: ({ mediaId }) => ({ key: keyOf(rowOf(mediaId)), subject: mediaId, serverId: null }),
    run,
  }
}

const noFacts = { file: null, peaks: [] }
