import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import type { Job } from '@contract/entities/job'
import { FabulaError, ProviderError } from '@contract/errors'
import { JobId, StoryId } from '@contract/ids'
import { createRememberSchedule, type RememberSchedule } from '@main/memory/remember-schedule'
import { createEventHub, type EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'

const NOW = '2026-01-02T03:04:05.000Z'

let events: EventHub
let schedule: RememberSchedule
let started: unknown[]
let compared: number
let embedder: string
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  onTestFinished(() => void vi.useRealTimers())
  events = createEventHub()
  started = []
  compared = 0
  embedder = 'first'
  schedule = createRememberSchedule({
    jobs: {
      about: () => null,
      start: (kind, input): Job => {
        started.push(input['storyId'])
        const id = newId(JobId)
        return { id, kind, state: 'done', input, progress: {}, error: null, createdAt: NOW, updatedAt: NOW }
      },
    },
    events,
    now: Date.now,
    identityOf: () => {
      compared += 1
      return embedder
    },
    isThere: () => true,
    forget: () => {},
  })
  onTestFinished(() => schedule.close())
})

/** Stories that were taken up already. */
async function rememberedStories(count: number): Promise<StoryId[]> {
  const ids = Array.from({ length: count }, () => newId(StoryId))
  for (const id of ids) {
    schedule.touch(id)
    await vi.advanceTimersByTimeAsync(0)
    schedule.ended(id, null)
  }
  started = []
  compared = 0
  return ids
}

it('compares each story once, however often settings change', async () => {
  await rememberedStories(3)
  for (let change = 0; change < 20; change += 1) {
    events.changed({ topic: 'models', ids: [`model ${change}`] })
    await vi.advanceTimersByTimeAsync(100)
  }
  await vi.advanceTimersByTimeAsync(10_000)
  expect(compared).toBe(3)
  expect(started).toEqual([])
})

it('takes up what got another embedder, and nothing when only a key changed', async () => {
  const ids = await rememberedStories(2)
  embedder = 'second'
  events.changed({ topic: 'tokens', ids: ['key'] })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(compared).toBe(0)
  events.changed({ topic: 'presets', ids: ['preset'] })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(new Set(started)).toEqual(new Set(ids))
  expect(started).toHaveLength(ids.length)
})

it('tries what failed again when a key changes, but not for what its own failure changed', async () => {
  const [id] = await rememberedStories(1)
  if (!id) throw new Error('There is no story')
  schedule.ended(id, new FabulaError(ProviderError.BadAnswer, 'no vectors', { details: { provider: 'Attic' } }))
  events.changed({ topic: 'tokens', ids: ['key'] })
  await vi.advanceTimersByTimeAsync(11_000)
  expect(started).toEqual([])
  events.changed({ topic: 'tokens', ids: ['key'] })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(started).toEqual([id])
})
