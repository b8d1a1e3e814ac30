import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { StoryId } from '@contract/ids'
import { createOpenStory } from '@main/memory/open-story'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { temporaryFolder } from '@test/helpers/temporary-folder'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const MINUTE = 60_000

function open() {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const indexFile = join(folder.path, 'memory.sqlite')
  const ask = vi.fn<() => Promise<null>>().mockResolvedValue(null)
  const story = createOpenStory({ index: { ask }, indexFile, identityOf: () => 'own', logger: silentLogger })
  return { story, ask, make: () => writeFileSync(indexFile, '') }
}

it('reads the vectors of a story once when it was opened, after it was shown', () => {
  const { story, ask, make } = open()
  make()
  const [first, second] = [newId(StoryId), newId(StoryId)]
  story.opened(first)
  story.opened(second)
  expect(ask).not.toHaveBeenCalled()
  vi.advanceTimersByTime(MINUTE)
  story.opened(second)
  vi.advanceTimersByTime(MINUTE)
  expect(ask.mock.calls).toEqual([['warm', { storyId: second, embedder: 'own' }]])
})

it('starts no thread where nothing was ever remembered, and none after the end', () => {
  const { story, ask, make } = open()
  story.opened(newId(StoryId))
  vi.advanceTimersByTime(MINUTE)
  make()
  story.opened(newId(StoryId))
  story.close()
  vi.advanceTimersByTime(MINUTE)
  expect(ask).not.toHaveBeenCalled()
})
