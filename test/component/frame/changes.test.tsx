import { QueryObserver } from '@tanstack/react-query'
import { waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { defaultPreferences, type Preferences } from '@contract/entities/preferences'
import { StoryId } from '@contract/ids'
import { request, setBridge } from '@renderer/api/bridge'
import { createQueryClient, followChanges } from '@renderer/api/queries'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { storySummary } from '@test/component/sample-data'
import { storyId } from '@test/component/writing/story-bridge'

test('a change that comes while the first answer is on its way is not lost', async () => {
  const answers: ((preferences: Preferences) => void)[] = []
  const bridge = createInMemoryBridge({
    'preferences.get': () => new Promise<Preferences>((resolve) => answers.push(resolve)),
  })
  setBridge(bridge)
  const client = createQueryClient()
  followChanges(client)
  const key = ['preferences.get', {}]
  const first = client.fetchQuery({ queryKey: key, queryFn: () => request('preferences.get', {}) })
  await waitFor(() => expect(answers).toHaveLength(1))
  bridge.changed('preferences')
  answers[0]?.(defaultPreferences)
  await first
  await waitFor(() => expect(client.getQueryState(key)?.isInvalidated).toBe(true))
})

test('a change of one row asks for that row, and for nothing that is about another', async () => {
  const other = StoryId.parse('01900000-0000-7001-8000-000000000009')
  const library = [
    { ...storySummary, id: storyId, title: 'Old', updatedAt: '2026-01-01T00:00:00.000Z' },
    { ...storySummary, id: other, title: 'Other', updatedAt: '2026-01-02T00:00:00.000Z' },
  ]
  const bridge = createInMemoryBridge({
    'stories.list': ({ ids }) => library.filter(({ id }) => !ids || ids.includes(id)),
    'stories.undoState': () => ({ undo: null, redo: null }),
  })
  setBridge(bridge)
  const client = createQueryClient()
  followChanges(client)
  const list = new QueryObserver(client, { queryKey: ['stories.list', {}], queryFn: () => request('stories.list', {}) })
  const end = list.subscribe(() => {})
  const about = { queryKey: ['stories.undoState', { id: other }] }
  await client.fetchQuery({ ...about, queryFn: () => request('stories.undoState', { id: other }) })
  await waitFor(() => expect(list.getCurrentResult().data).toHaveLength(2))

  library[0] = { ...storySummary, id: storyId, title: 'New', updatedAt: '2026-01-03T00:00:00.000Z' }
  bridge.changedRows('messages', storyId)
  await waitFor(() =>
    expect(list.getCurrentResult().data).toMatchObject([
      { id: storyId, title: 'New' },
      { id: other, title: 'Other' },
    ])
  )
  expect(bridge.inputsOf('stories.list')).toEqual([{}, { ids: [storyId] }])
  expect(client.getQueryState(about.queryKey)?.isInvalidated).toBe(false)

  library.splice(0, 1)
  bridge.changedRows('stories', storyId)
  await waitFor(() => expect(list.getCurrentResult().data).toMatchObject([{ id: other }]))
  bridge.changedRows('messages', other)
  await waitFor(() => expect(client.getQueryState(about.queryKey)?.isInvalidated).toBe(true))
  end()
})
