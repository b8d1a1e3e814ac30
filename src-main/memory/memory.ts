import { existsSync } from 'node:fs'
import type { Job } from '@contract/entities/job'
import type { MarkedPassage, MemoryMark, MemoryScope, MemoryState } from '@contract/entities/memory'
import { CommonError, FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { atMostEvery } from '@main/jobs/at-most-every'
import type { Jobs } from '@main/jobs/job-runner'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import type { EmbedCaller } from '@main/routing/embed-call'
import type { IndexClient } from './index-client'
import { createOpenStory } from './open-story'
import { queryVectors } from './query-vectors'
import { createRememberSchedule } from './remember-schedule'
import type { StoryEmbedder } from './story-embedder'

/** What a turn wants to know of what was written before. */
export interface RecallQuestion {
  storyId: StoryId
  /** The end of the path that is being written on: only what stands on it is recalled. Null where nothing is written yet. */
  headId: MessageId | null
  /** What to look for, in any words. */
  queries: readonly string[]
  /** How many pieces at most. */
  limit: number
  /** Passages that the model sees anyway. */
  leaveOut: ReadonlySet<MessageId>
  signal: AbortSignal
  /** Called when the search goes on with words alone, because the queries could not be turned into vectors. */
  onWordsAlone?(why: FabulaError): void
}

/** A piece of a passage that was found. */
export interface Recalled {
  messageId: MessageId
  /** The passage's own story; another one where stories of a world share their memory. */
  storyId: StoryId
  /** Where the piece stands in the passage's text, in UTF-16 units; `end` is after its last. */
  start: number
  end: number
  text: string
  /** How well it fits, to compare within one answer; the best comes first. */
  score: number
  /** `pin`: only because the writer pinned it. */
  foundBy: 'meaning' | 'words' | 'both' | 'pin'
}

/** What stories are remembered by. */
export interface Memory {
  /** The pieces that fit best, best first. Rejects only with the signal's reason: without an index it finds nothing. */
  recall(question: RecallQuestion): Promise<Recalled[]>
  /** The writer looks at a story. */
  opened(storyId: StoryId): void
  /** How far a story is remembered. Asking begins what is left to do. */
  state(storyId: StoryId): Promise<MemoryState>
  /** Throws away what a story is found by, and makes it anew. */
  rebuild(storyId: StoryId): Promise<void>
  marks(storyId: StoryId): MarkedPassage[]
  /** Pins or bans a passage of this story or of one that shares its memory; null takes that back. */
  mark(storyId: StoryId, messageId: MessageId, mark: MemoryMark | null): void
  setScope(storyId: StoryId, scope: MemoryScope): void
  /** The job that takes a story up has come to an end, or further. */
  jobEnded(storyId: StoryId, error: unknown): void
  jobProgressed(storyId: StoryId): void
  /** Takes out of the index what was deleted while it was not running. */
  tidy(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds between two reports of progress. */
const TELL_EVERY_MS = 500
/** The most queries of one turn that are searched for, and the most characters of each. */
const MOST_QUERIES = 8
const LONGEST_QUERY = 4000

export function createMemory(ports: {
  stores: Stores
  index: IndexClient
  indexFile: string
  embedderOf: (storyId: StoryId) => StoryEmbedder
  embed: EmbedCaller
  jobs: Pick<Jobs, 'about' | 'start'>
  events: EventHub
  clock: Clock
  logger: Logger
  /** Turns a failure into the error that the user is shown. */
  toUserError: (error: unknown) => FabulaError
  /** Nothing can be saved in this session, and nothing is remembered. */
  isOff: boolean
}): Memory {
  const { stores, index, embedderOf, embed, events, clock, logger, toUserError, isOff } = ports

  const isThere = (storyId: StoryId) => stores.stories.get(storyId)?.deleted === false
  const mustBeThere = (storyId: StoryId) => {
    if (!isThere(storyId))
      throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
  }
  const forget = (storyId: StoryId) => {
    if (!existsSync(ports.indexFile)) return
    index
      .ask('forget', { storyId })
      .catch((error: unknown) => logger.warn('A story stays in the index', { id: storyId, cause: String(error) }))
  }
  const identityOf = (storyId: StoryId): string | null => {
    try {
      return embedderOf(storyId).identity
    } catch {
      return null
    }
  }
  const schedule = isOff
    ? null
    : createRememberSchedule({ jobs: ports.jobs, events, now: () => clock.now(), identityOf, isThere, forget })

  const openStory = isOff ? null : createOpenStory({ index, indexFile: ports.indexFile, identityOf, logger })

  const changed = (storyId: StoryId) => events.changed({ topic: 'memory', ids: [storyId] })
  const progressed = new Set<StoryId>()
  const progress = atMostEvery(TELL_EVERY_MS, () => {
    events.changed({ topic: 'memory', ids: [...progressed] })
    progressed.clear()
  })

  const recall = async (question: RecallQuestion): Promise<Recalled[]> => {
    const { storyId, headId, limit, leaveOut, signal } = question
    const queries = question.queries
      .map((query) => query.trim().slice(0, LONGEST_QUERY))
      .filter((query) => query !== '')
      .slice(0, MOST_QUERIES)
    const others = stores.memory.scope(storyId) === 'world' ? stores.memory.sharing(storyId) : []
    for (const id of [storyId, ...others]) schedule?.touch(id)
    const embedder = embedderOf(storyId)
    const vectors = await queryVectors({ embed, toUserError }, question, embedder, queries)
    const { identity, ownDimensions } = embedder
    const found = await index.ask('recall', {
      storyId,
      headId,
      others,
      queries: queries.map((text, at) => ({ text, vector: vectors[at] ?? null })),
      embedder: { identity, ownDimensions },
      limit,
      leaveOut: [...leaveOut],
    })
    signal.throwIfAborted()
    return found
  }

  const stateOf = (storyId: StoryId, job: Job | null): MemoryState['state'] => {
    if (isOff) return 'off'
    if (job?.state === 'running') return 'indexing'
    if (job?.state === 'waiting' || schedule?.isWaiting(storyId)) return 'waiting'
    return job?.state === 'failed' ? 'failed' : 'ready'
  }

  return {
    recall: async (question) => {
      question.signal.throwIfAborted()
      if (isOff) return []
      try {
        return await recall(question)
      } catch (error) {
        question.signal.throwIfAborted()
        logger.warn('Nothing could be recalled', { storyId: question.storyId, cause: String(error) })
        return []
      }
    },

    opened: (storyId) => openStory?.opened(storyId),

    state: async (storyId) => {
      mustBeThere(storyId)
      schedule?.touch(storyId)
      const { providerName, model, local, identity, ownDimensions } = embedderOf(storyId)
      const job = schedule?.jobOf(storyId) ?? null
      const counts = isOff
        ? { passages: 0, chunks: 0, vectors: 0 }
        : await index.ask('count', { storyId, embedder: identity })
      const nextTryAt = schedule?.nextTryAt(storyId) ?? null
      return {
        state: stateOf(storyId, job),
        ...counts,
        embedder: { provider: providerName(), model, own: ownDimensions !== null, local },
        problem: job?.state === 'failed' ? job.error : null,
        nextTryAt: nextTryAt === null ? null : new Date(nextTryAt).toISOString(),
        scope: stores.memory.scope(storyId),
      }
    },

    rebuild: async (storyId) => {
      mustBeThere(storyId)
      if (isOff) return
      await index.ask('forget', { storyId }).catch((error: unknown) => {
        // A damaged index was replaced by an empty one, which is what was asked for.
        if (!(error instanceof FabulaError && error.retryable)) throw error
      })
      schedule?.now(storyId)
      changed(storyId)
    },

    marks: (storyId) => {
      mustBeThere(storyId)
      const head = stores.stories.get(storyId)?.headId ?? null
      const { tree } = stores.messages
      return stores.memory.marks(storyId).map((mark) => {
        const place = tree.place(mark.messageId)
        const isShown = place && head !== null && tree.ancestorAt(head, place.depth) === mark.messageId
        return { ...mark, position: isShown ? place.depth : null }
      })
    },

    mark: (storyId, messageId, mark) => {
      mustBeThere(storyId)
      if (!stores.messages.get(messageId))
        throw new FabulaError(CommonError.NotFound, `There is no passage ${messageId}`, {
          details: { path: 'messageId' },
        })
      stores.memory.mark(storyId, messageId, mark, timestamp(clock))
      changed(storyId)
    },

    setScope: (storyId, scope) => {
      mustBeThere(storyId)
      stores.memory.setScope(storyId, scope)
      if (scope === 'world') for (const other of stores.memory.sharing(storyId)) schedule?.touch(other)
      changed(storyId)
    },

    jobEnded: (storyId, error) => schedule?.ended(storyId, error),
    jobProgressed: (storyId) => {
      progressed.add(storyId)
      progress.soon()
    },
    tidy: async () => {
      if (!isOff && existsSync(ports.indexFile)) await index.ask('tidy', null)
    },
    close: async () => {
      openStory?.close()
      schedule?.close()
      progress.stop()
      await index.close()
    },
  }
}
