import { REMEMBER, RememberInput } from '@contract/entities/memory'
import { FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import type { Job } from '@contract/entities/job'
import type { Topic } from '@contract/route'
import type { Jobs } from '@main/jobs/job-runner'
import type { EventHub } from '@main/platform/event-hub'
import { inSlices } from '@main/platform/slices'

/** A turn and an edit change a story several times: it is taken up once it has been quiet for so long. */
const QUIET_MS = 1500
/** Settings are changed letter by letter, and half a name must not throw vectors away. */
const SETTINGS_QUIET_MS = 5000
/** After a failure that may pass, the first pause; each one is twice as long as the one before, up to the longest. */
const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 3_600_000

/** What the embedder of a story depends on. */
const embedderTopics: readonly Topic[] = ['presets', 'modelConfigs', 'providers', 'models']
/** A change of these may let a request through that failed before. */
const accessTopics: readonly Topic[] = [...embedderTopics, 'servers', 'tokens', 'vault']

/** Sees to it that stories are taken up some time after they changed, and again after a failure. */
export interface RememberSchedule {
  /** Something reads this story's memory: it is compared once in a session, and whenever it changes. */
  touch(storyId: StoryId): void
  /** Takes it up at once. */
  now(storyId: StoryId): void
  /** The job of a story has come to an end. */
  ended(storyId: StoryId, error: unknown): void
  isWaiting(storyId: StoryId): boolean
  /** When a story is tried again by itself, in milliseconds since 1970. */
  nextTryAt(storyId: StoryId): number | null
  jobOf(storyId: StoryId): Job | null
  close(): void
}

/** A failure changes keys and servers itself, as far as they are to blame: only what changes later is a reason to try again. */
const OWN_CHANGES_MS = 10_000

interface Known {
  /** The embedder by which it was taken up last. */
  identity: string | null
  /** How many times in a row it failed. */
  failures: number
  failedAt: number | null
  nextTryAt: number | null
  timer: NodeJS.Timeout | null
}

export function createRememberSchedule(ports: {
  jobs: Pick<Jobs, 'about' | 'start'>
  events: EventHub
  now: () => number
  /** The identity of the story's embedder; null where it cannot be found out. */
  identityOf: (storyId: StoryId) => string | null
  /** Whether the story exists and is not deleted. */
  isThere: (storyId: StoryId) => boolean
  forget: (storyId: StoryId) => void
}): RememberSchedule {
  const { jobs, events, now, identityOf, isThere, forget } = ports
  const known = new Map<StoryId, Known>()
  const closing = new AbortController()
  let settingsTimer: NodeJS.Timeout | undefined

  const jobOf = (storyId: StoryId): Job | null => jobs.about(REMEMBER, storyId)

  const knownOf = (storyId: StoryId): Known => {
    const one = known.get(storyId) ?? { identity: null, failures: 0, failedAt: null, nextTryAt: null, timer: null }
    known.set(storyId, one)
    return one
  }
  const start = (storyId: StoryId) => {
    const one = knownOf(storyId)
    one.timer = null
    one.nextTryAt = null
    if (closing.signal.aborted) return
    if (!isThere(storyId)) {
      known.delete(storyId)
      forget(storyId)
      return
    }
    // What changes while it is taken up comes after it.
    if (jobOf(storyId)?.state === 'running') return later(storyId, QUIET_MS)
    jobs.start(REMEMBER, { storyId })
    events.changed({ topic: 'memory', ids: [storyId] })
  }
  const later = (storyId: StoryId, ms: number) => {
    const one = knownOf(storyId)
    if (one.timer) clearTimeout(one.timer)
    one.nextTryAt = null
    one.timer = setTimeout(() => start(storyId), ms)
    one.timer.unref()
  }

  /** What has another embedder than before is taken up again: once settings are quiet, and a few stories at a time. */
  const compareEmbedders = async () => {
    const left = [...known]
    const compareNext = () => {
      const [storyId, one] = left.pop() ?? []
      if (storyId && one && !one.timer && one.failedAt === null && identityOf(storyId) !== one.identity)
        later(storyId, 0)
      return left.length > 0
    }
    try {
      await inSlices(compareNext, (slice) => slice(), closing.signal)
    } catch (error) {
      if (!closing.signal.aborted) throw error
    }
  }
  const compareSoon = () => {
    clearTimeout(settingsTimer)
    settingsTimer = setTimeout(() => void compareEmbedders(), SETTINGS_QUIET_MS).unref()
  }
  const retryFailed = () => {
    for (const [storyId, { failedAt, timer, nextTryAt }] of known) {
      const isAboutToStart = timer !== null && nextTryAt === null
      if (failedAt !== null && !isAboutToStart && now() - failedAt > OWN_CHANGES_MS) later(storyId, SETTINGS_QUIET_MS)
    }
  }

  const stopListening = events.subscribe(({ name, payload }) => {
    if (name !== 'data.changed') return
    const changed = (topic: Topic) => payload.topics.includes(topic)
    for (const topic of ['messages', 'stories'] as const)
      if (changed(topic)) {
        const ids = payload.only[topic]
        const touched = ids ? ids.map((id) => RememberInput.shape.storyId.parse(id)) : [...known.keys()]
        for (const storyId of touched) later(storyId, QUIET_MS)
      }
    if (embedderTopics.some(changed)) compareSoon()
    if (accessTopics.some(changed)) retryFailed()
  })

  return {
    touch: (storyId) => {
      if (!known.has(storyId)) later(storyId, 0)
    },
    now: (storyId) => later(storyId, 0),
    ended: (storyId, error) => {
      const one = knownOf(storyId)
      one.identity = identityOf(storyId)
      one.failedAt = error === null ? null : now()
      if (error === null) one.failures = 0
      else {
        one.failures += 1
        const mayPass = error instanceof FabulaError && error.retryable
        if (mayPass && !one.timer) {
          const ms = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (one.failures - 1))
          later(storyId, ms)
          one.nextTryAt = now() + ms
        }
      }
      events.changed({ topic: 'memory', ids: [storyId] })
    },
    isWaiting: (storyId) => {
      const one = known.get(storyId)
      return one !== undefined && one.timer !== null && one.nextTryAt === null
    },
    nextTryAt: (storyId) => known.get(storyId)?.nextTryAt ?? null,
    jobOf,
    close: () => {
      closing.abort()
      stopListening()
      clearTimeout(settingsTimer)
      for (const { timer } of known.values()) if (timer) clearTimeout(timer)
    },
  }
}
