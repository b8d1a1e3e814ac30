import { SUMMARIZE, type StorySummaries, type Summary } from '@contract/entities/summary'
import { CommonError, FabulaError } from '@contract/errors'
import { StoryId, type SummaryId } from '@contract/ids'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import type { Jobs } from '@main/jobs/job-runner'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { storySoFar } from '@main/prompts/story-so-far'
import { summarizerOf } from './summarizer'
import { firstLeft, nextWork } from './summary-work'

/** A turn and an edit change a story several times: its summaries are looked at once it has been quiet for so long. */
const QUIET_MS = 2000

/** The summaries of stories: what the writer does with them, and what keeps them up to date. */
export interface Summaries {
  list(storyId: StoryId): StorySummaries
  edit(id: SummaryId, text: string): Summary
  remake(id: SummaryId): void
  remove(id: SummaryId): void
  make(storyId: StoryId): void
  close(): void
}

export function createSummaries(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  logger: Logger
  jobs: Pick<Jobs, 'start' | 'about'>
  isWriting: (id: StoryId) => boolean
}): Summaries {
  const { stores, events, clock, logger, jobs, isWriting } = ports

  const storyOf = (id: StoryId): StoryRow => {
    const story = stores.stories.get(id)
    if (!story) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
    return story
  }
  const get = (id: SummaryId): Summary => {
    const summary = stores.summaries.get(id)
    if (!summary) throw new FabulaError(CommonError.NotFound, `There is no summary ${id}`, { details: { path: 'id' } })
    return summary
  }
  const changed = (storyId: StoryId) => events.changed({ topic: 'summaries', ids: [storyId] })
  /** Marks the summaries of higher levels that were made from this one: they are out of date too. */
  const markAbove = ({ storyId, level, first, last }: Summary) => {
    for (const one of stores.summaries.ofStory(storyId))
      if (one.level > level && one.first <= first && one.last >= last) stores.summaries.setStale(one.id)
  }

  const soFar = ({ id, headId }: StoryRow) => {
    const last = headId === null ? null : stores.messages.lastShown(headId)
    const { summaries } = storySoFar(stores, id, last?.id ?? null)
    return { summaries, length: last ? last.position + 1 : 0 }
  }
  const start = (storyId: StoryId, all: boolean) => void jobs.start(SUMMARIZE, { storyId, all })
  const lookAt = (id: StoryId) => {
    const story = stores.stories.get(id)
    if (!story || story.deleted || isWriting(id)) return
    const { byItself, passages } = summarizerOf(stores, story)
    const { summaries, length } = soFar(story)
    if (byItself && nextWork(summaries, length, { passages })) start(id, false)
  }

  const timers = new Map<StoryId, NodeJS.Timeout>()
  const lookSoon = (id: StoryId) => {
    clearTimeout(timers.get(id))
    const timer = setTimeout(() => {
      timers.delete(id)
      try {
        lookAt(id)
      } catch (error) {
        logger.warn('The summaries of a story could not be looked at', { id, cause: String(error) })
      }
    }, QUIET_MS)
    timer.unref()
    timers.set(id, timer)
  }
  const stopFollowing = events.subscribe(({ name, payload }) => {
    if (name !== 'data.changed') return
    for (const id of payload.only.messages ?? []) lookSoon(StoryId.parse(id))
  })

  return {
    list: (storyId) => {
      const { summaries, length } = soFar(storyOf(storyId))
      const job = jobs.about(SUMMARIZE, storyId)
      return {
        summaries: [...summaries],
        left: Math.max(0, length - firstLeft(summaries)),
        running: job?.state === 'running' || job?.state === 'waiting',
        error: job?.state === 'failed' ? job.error : null,
      }
    },
    edit: (id, text) =>
      stores.transaction(() => {
        const summary = get(id)
        stores.summaries.update({ ...summary, text, edited: true, stale: false, madeAt: timestamp(clock) })
        markAbove(summary)
        changed(summary.storyId)
        return get(id)
      }),
    remake: (id) => {
      const summary = get(id)
      stores.summaries.update({ ...summary, edited: false, stale: true })
      changed(summary.storyId)
      start(summary.storyId, false)
    },
    remove: (id) =>
      stores.transaction(() => {
        const summary = get(id)
        markAbove(summary)
        stores.summaries.remove(id)
        changed(summary.storyId)
      }),
    make: (storyId) => {
      storyOf(storyId)
      start(storyId, true)
    },
    close: () => {
      stopFollowing()
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
