import { MEDIA, type Media, type MediaPlan, type MediaRequest, type MediaSummary } from '@contract/entities/media'
import { CommonError, FabulaError } from '@contract/errors'
import { MediaId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { KeptFile, MediaFolder } from '@main/data/media-folder'
import type { MediaRow } from '@main/data/stored-media'
import type { Stores } from '@main/data/stores'
import type { Jobs } from '@main/jobs/job-runner'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { StageConfig } from '@main/settings/stage-config'
import type { MediaMakers } from './maker'
import type { MakingConfigs } from './making-config'
import { searchedWords, titleOf, wordsOf } from './media-words'

const PAGE = 50

/** What stages made, and are making: the library. */
export interface MediaList {
  plan(request: MediaRequest): Promise<MediaPlan>
  make(request: MediaRequest): Promise<Media>
  list(input: ParsedInput<'media.list'>): MediaSummary[]
  get(id: MediaId): Media
  rename(id: MediaId, title: string): MediaSummary
  stop(id: MediaId): MediaSummary
  retry(id: MediaId): MediaSummary
  remove(id: MediaId): void
  /** The file of one; null where there is none. */
  file(id: MediaId): Promise<(KeptFile & { title: string }) | null>
  /** Takes it out of the bin. Throws `not_found`. */
  restore(id: MediaId): { title: string }
}

export function createMediaList(ports: {
  stores: Stores
  configs: MakingConfigs
  makers: MediaMakers
  folder: MediaFolder
  jobs: Jobs
  events: EventHub
  clock: Clock
}): MediaList {
  const { stores, configs, makers, folder, jobs, events, clock } = ports

  const changed = (id: MediaId) => events.changed({ topic: 'media', ids: [id] })
  const notThere = (id: string, path: string) =>
    new FabulaError(CommonError.NotFound, `There is no ${path} ${id}`, { details: { path } })
  const rowOf = (id: MediaId): MediaRow => {
    const row = stores.media.get(id)
    if (!row) throw notThere(id, 'id')
    return row
  }
  const get = (id: MediaId): Media => {
    const media = stores.media.view(id)
    if (!media) throw notThere(id, 'id')
    return media
  }
  const summary = (id: MediaId): MediaSummary => {
    const [found] = stores.media.list({ ids: [id], limit: 1 })
    if (!found) throw notThere(id, 'id')
    return found
  }

  /** What it is made for must be there. */
  const refuseGone = ({ storyId, messageId, sourceId }: MediaRequest) => {
    if (storyId !== null) {
      const story = stores.stories.get(storyId)
      if (!story || story.deleted) throw notThere(storyId, 'storyId')
    }
    if (messageId !== null) {
      const passage = stores.messages.get(messageId)
      if (!passage || passage.deleted || passage.storyId !== storyId) throw notThere(messageId, 'messageId')
    }
    if (sourceId !== null && !stores.media.get(sourceId)) throw notThere(sourceId, 'sourceId')
  }
  const planned = async (request: MediaRequest, config: StageConfig): Promise<MediaPlan> => {
    const { provider, model, token, stage } = config
    const maker = makers[stage.kind]
    if (!maker) throw new Error(`Nothing makes what ${stage.id} is for`)
    return {
      provider: provider.name,
      model,
      tokenName: token?.name ?? null,
      ...(await maker.plan(request, config)),
    }
  }
  const nameOf = ({ sourceId, text }: MediaRequest): string =>
    (sourceId === null ? null : stores.media.get(sourceId)?.title) ?? titleOf(text)

  return {
    plan: async (request) => {
      refuseGone(request)
      return planned(request, configs.now(request.stage, request.settings).config)
    },

    make: async (request) => {
      const { config, choice } = configs.now(request.stage, request.settings)
      // What stands in the way is said at once.
      const { parts } = await planned(request, config)
      const id = newId(MediaId)
      stores.transaction(() => {
        refuseGone(request)
        const { stage, storyId, messageId, sourceId, text, settings } = request
        const asked = { title: nameOf(request), text, words: '' }
        stores.media.insert({
          id,
          stage,
          state: 'waiting',
          error: null,
          storyId,
          messageId,
          sourceId,
          provider: config.provider.name,
          model: config.model,
          tokenName: config.token?.name ?? null,
          file: null,
          cost: null,
          costSource: null,
          createdAt: timestamp(clock),
          settings,
          parts: request.parts ?? parts,
          sentences: [],
          peaks: [],
          asked: choice,
          ticket: null,
          ...asked,
          ...wordsOf(asked),
        })
      })
      jobs.start(MEDIA, { mediaId: id })
      changed(id)
      return get(id)
    },

    list: ({ search, ...filter }) =>
      stores.media.list({
        ...filter,
        found: search === undefined ? undefined : searchedWords(search),
        limit: filter.ids?.length ?? PAGE,
      }),
    get,

    rename: (id, title) => {
      const row = rowOf(id)
      stores.media.rename(id, { title, ...wordsOf({ ...row, title }) })
      changed(id)
      return summary(id)
    },

    stop: (id) => {
      rowOf(id)
      const job = jobs.about(MEDIA, id)
      if (job) jobs.stop(job.id)
      changed(id)
      return summary(id)
    },

    retry: (id) => {
      const row = rowOf(id)
      const { state } = get(id)
      if (state !== 'stopped' && state !== 'failed') return summary(id)
      if (row.ticket?.state !== 'submitted') {
        // From the beginning, and with whoever the stage has now: what failed may have been put right there.
        const { config, choice } = configs.now(row.stage, row.settings)
        const { provider, model, token } = config
        const asked = { asked: choice, provider: provider.name, model, tokenName: token?.name ?? null }
        stores.transaction(() => {
          stores.media.setTicket(id, null)
          stores.media.keep({ ...row, ...asked })
        })
      }
      stores.media.setState(id, 'waiting')
      jobs.start(MEDIA, { mediaId: id })
      changed(id)
      return summary(id)
    },

    remove: (id) => {
      rowOf(id)
      const job = jobs.about(MEDIA, id)
      if (job) jobs.remove(job.id)
      stores.media.setDeleted(id, timestamp(clock))
      changed(id)
      events.changed({ topic: 'bin', ids: [id] })
    },

    file: async (id) => {
      const row = stores.media.get(id)
      if (!row?.file) return null
      const { hash, type } = row.file
      const bytes = await folder.size(hash)
      return bytes === null ? null : { hash, type, bytes, title: row.title }
    },

    restore: (id) => {
      stores.media.setDeleted(id, null)
      changed(id)
      return { title: rowOf(id).title }
    },
  }
}
