import {
  SUMMARIZE,
  SummarizeInput,
  SummarizeProgress,
  type StorySummaries,
  type Summary,
} from '@contract/entities/summary'
import { CommonError, FabulaError } from '@contract/errors'
import { StoryId, type SummaryId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import type { Jobs } from '@main/jobs/job-runner'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { storyInShort } from './story-in-short'
import { summarizerOf } from './summarizer'
import { countDue, countLeft, nextWork } from './summary-work'

/** A turn and an edit change a story several times: its summaries are looked at once it has been quiet for so long. */
const QUIET_MS = 2000
/** How many deleted ones can be brought back. */
const MOST_REMOVED = 100

/** The summaries of stories: what the writer does with them, and what keeps them up to date. */
export interface Summaries {
  list(storyId: StoryId): StorySummaries
  edit(id: SummaryId, text: string): Summary
  remake(id: SummaryId): void
  remove(id: SummaryId): void
  /** Of those that were deleted since the app was started. */
  restore(id: SummaryId): Summary
  make(input: ParsedInput<'summaries.make'>): void
  close(): void
}

export function createSummaries(ports: {
  stores: Stores
  events: EventHub
  clock: Clock
  logger: Logger
  jobs: Pick<Jobs, 'start' | 'stop' | 'about'>
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

  const underWay = (storyId: StoryId) => {
    const job = jobs.about(SUMMARIZE, storyId)
    return job?.state === 'running' || job?.state === 'waiting' ? job : null
  }
  const start = (storyId: StoryId, all: boolean) => {
    const job = underWay(storyId)
    // One that was begun by itself ends before all is written: it makes way for what the writer asks for.
    if (job && all && !SummarizeInput.parse(job.input).all) jobs.stop(job.id)
    jobs.start(SUMMARIZE, { storyId, all })
  }
  /** What was deleted, the last one at the end. */
  const removed = new Map<SummaryId, Summary>()
  const lookAt = (id: StoryId) => {
    const story = stores.stories.get(id)
    if (!story || story.deleted || isWriting(id)) return
    const { byItself, passages } = summarizerOf(stores, story)
    if (!byItself) return
    const { summaries, length, chapterEnds } = storyInShort(stores, story)
    if (nextWork(summaries, length, { passages, chapterEnds })) start(id, false)
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
      const story = storyOf(storyId)
      const { summaries, length, chapters, chapterEnds } = storyInShort(stores, story)
      const { byItself, passages } = summarizerOf(stores, story)
      const job = jobs.about(SUMMARIZE, storyId)
      const busy = underWay(storyId)
      const { all } = busy ? SummarizeInput.parse(busy.input) : { all: false }
      return {
        summaries: [...summaries],
        chapters: [...chapters],
        left: countLeft(summaries, length),
        job: busy && {
          id: busy.id,
          done: SummarizeProgress.parse(busy.progress).done,
          due: countDue(summaries, length, { passages, all, chapterEnds }),
        },
        byItself,
        passages,
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
        removed.set(id, summary)
        const [oldest] = removed.keys()
        if (removed.size > MOST_REMOVED && oldest !== undefined) removed.delete(oldest)
        changed(summary.storyId)
      }),
    restore: (id) =>
      stores.transaction(() => {
        const summary = removed.get(id)
        const { tree } = stores.messages
        if (!summary || !tree.place(summary.firstId) || !tree.place(summary.lastId))
          throw new FabulaError(CommonError.NotFound, `The summary ${id} is gone`, { details: { path: 'id' } })
        // What was written in its place makes way for it.
        for (const one of stores.summaries.ofStory(summary.storyId))
          if (one.level === summary.level && one.lastId === summary.lastId) stores.summaries.remove(one.id)
        stores.summaries.insert(summary)
        removed.delete(id)
        changed(summary.storyId)
        return get(id)
      }),
    make: ({ storyId, anew }) => {
      storyOf(storyId)
      if (anew) {
        stores.summaries.setStaleOfStory(storyId)
        changed(storyId)
      }
      start(storyId, true)
    },
    close: () => {
      stopFollowing()
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
