import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { FabulaError, ProviderError } from '@contract/errors'
import { JobId, type MessageId, type StoryId } from '@contract/ids'
import { createIndexClient } from '@main/memory/index-client'
import { createMemory, type Memory, type RecallQuestion } from '@main/memory/memory'
import type { StoryEmbedder } from '@main/memory/story-embedder'
import { systemClock } from '@main/platform/clock'
import { createEventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { silentLogger } from '@main/platform/logger'
import { ProviderFailure } from '@main/providers/spec/failure'
import { indexStage, OWN } from '@test/helpers/index-stage'

const NOW = '2026-01-02T03:04:05.000Z'

let stage: ReturnType<typeof indexStage>
let memory: Memory
let embedder: StoryEmbedder
beforeEach(() => {
  stage = indexStage()
  embedder = { ...OWN, providerName: () => 'Built-in', model: 'words', plan: null, local: true }
  memory = createMemory({
    stores: stage.stores,
    index: createIndexClient(stage.files),
    indexFile: stage.files.index,
    embedderOf: () => embedder,
    embed: () =>
      Promise.reject(
        new ProviderFailure(ProviderError.Unreachable, 'down', { details: { provider: 'Attic' }, retryable: true })
      ),
    jobs: {
      about: () => null,
      // Tests take up what they need themselves.
      start: (kind, input) => {
        const id = newId(JobId)
        return { id, kind, state: 'done', input, progress: {}, error: null, createdAt: NOW, updatedAt: NOW }
      },
    },
    events: createEventHub(),
    clock: systemClock,
    logger: silentLogger,
    toUserError: (error) => (error instanceof FabulaError ? error : new FabulaError('internal', String(error))),
    isOff: false,
  })
  onTestFinished(async () => {
    await memory.close()
    stage.close()
  })
})

const ask = (storyId: StoryId, headId: MessageId | null, more: Partial<RecallQuestion> = {}) =>
  memory.recall({
    storyId,
    headId,
    queries: ['the lamps'],
    limit: 5,
    leaveOut: new Set(),
    signal: new AbortController().signal,
    ...more,
  })

it('finds by words and meaning together', async () => {
  const { id, head } = stage.story('The lamp of the tower.', 'A door.')
  stage.remember(id)
  expect((await ask(id, head))[0]).toMatchObject({ text: 'The lamp of the tower.', foundBy: 'both' })
})

it('goes on with words, and says why, when the queries cannot be turned into vectors', async () => {
  const { id, head } = stage.story('The lamp of the tower.', 'A door.')
  stage.takeUp(id)
  const plan = () => {
    throw new ProviderFailure(ProviderError.Unreachable, 'down', { details: { provider: 'Attic' }, retryable: true })
  }
  embedder = { identity: 'attic', ownDimensions: null, providerName: () => 'Attic', model: 'm', local: true, plan }
  const reasons: string[] = []
  const found = await ask(id, head, { onWordsAlone: ({ code }) => reasons.push(code) })
  expect(found.map(({ text, foundBy }) => [text, foundBy])).toEqual([['The lamp of the tower.', 'words']])
  expect(reasons).toEqual([ProviderError.Unreachable])
})

it('remembers the other stories of a world where the writer wants that', async () => {
  const one = stage.story('The lamp of the tower.')
  const other = stage.story('The lamp of the harbour.')
  stage.remember(one.id)
  stage.remember(other.id)
  stage.db.prepare("INSERT INTO worlds VALUES ('w', 'w', '{}', '{}', ?, ?)").run(NOW, NOW)
  for (const { id } of [one, other]) stage.db.prepare("INSERT INTO story_worlds VALUES (?, 'w', 0)").run(id)
  const stories = async () => new Set((await ask(one.id, one.head)).map(({ storyId }) => storyId))
  expect(await stories()).toEqual(new Set([one.id]))
  memory.setScope(one.id, 'world')
  expect(await stories()).toEqual(new Set([one.id, other.id]))
})

it('rejects with the reason of its signal, and with nothing else', async () => {
  const { id, head } = stage.story('The lamp of the tower.')
  stage.takeUp(id)
  const controller = new AbortController()
  controller.abort(new Error('enough'))
  await expect(ask(id, head, { signal: controller.signal })).rejects.toThrow('enough')
  expect(await ask(id, null)).toEqual([])
})
