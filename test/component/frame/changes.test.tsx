import { QueryObserver } from '@tanstack/react-query'
import { waitFor } from '@testing-library/react'
import { expect, onTestFinished, test } from 'vitest'
import { defaultPreferences, type Preferences } from '@contract/entities/preferences'
import { StoryId } from '@contract/ids'
import { request, setBridge } from '@renderer/api/bridge'
import { followChanges } from '@renderer/api/changes'
import { createQueryClient } from '@renderer/api/queries'
import type { RouteInput, RouteName } from '@contract/routes'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { model, provider, server, serverId } from '@test/component/model-picker/catalogue'
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

/** A list that is on the screen, and every request that was made for it. */
async function shown<Name extends RouteName>(handlers: Handlers, route: Name, input: RouteInput<Name>) {
  const bridge = createInMemoryBridge(handlers)
  setBridge(bridge)
  const client = createQueryClient()
  onTestFinished(followChanges(client))
  const list = new QueryObserver(client, { queryKey: [route, input], queryFn: () => request(route, input) })
  onTestFinished(list.subscribe(() => {}))
  await waitFor(() => expect(list.getCurrentResult().data).toBeDefined())
  return { bridge, list, asked: () => bridge.inputsOf(route) }
}

test('a list in an order of its own asks for one row, and for all where a row came or moved', async () => {
  const servers = [server(1, 'First'), server(2, 'Second', { priority: 1 })]
  const { bridge, list, asked } = await shown(
    { 'servers.list': ({ ids }) => servers.filter(({ id }) => !ids || ids.includes(id)) },
    'servers.list',
    {}
  )
  servers[1] = server(2, 'Renamed', { priority: 1 })
  bridge.changedRows('servers', serverId(2))
  await waitFor(() => expect(list.getCurrentResult().data).toMatchObject([{ name: 'First' }, { name: 'Renamed' }]))
  expect(asked()).toEqual([{}, { ids: [serverId(2)] }])

  servers.push(server(3, 'Third', { priority: 2 }))
  bridge.changedRows('servers', serverId(3))
  await waitFor(() => expect(list.getCurrentResult().data).toHaveLength(3))
  expect(asked().slice(2)).toEqual([{ ids: [serverId(3)] }, {}])

  servers.splice(1, 1)
  bridge.changedRows('servers', serverId(2))
  await waitFor(() => expect(list.getCurrentResult().data).toMatchObject([{ name: 'First' }, { name: 'Third' }]))
  expect(asked().slice(4)).toEqual([{ ids: [serverId(2)] }])
})

test('one row of a list that is itself a part is asked for with what makes it one', async () => {
  const of = provider(1, 'one')
  const poet = model(of, 'poet')
  const models = [model(of, 'writer'), poet]
  const { bridge, list, asked } = await shown(
    { 'models.list': ({ ids }) => models.filter(({ id }) => !ids || ids.includes(id)) },
    'models.list',
    { providerId: of.id }
  )
  models[1] = { ...poet, enabled: false }
  bridge.changedRows('models', poet.id)
  await waitFor(() => expect(list.getCurrentResult().data).toMatchObject([{ enabled: true }, { enabled: false }]))
  expect(asked()).toEqual([{ providerId: of.id }, { providerId: of.id, ids: [poet.id] }])
})

/** Stories whose `stories.undoState` is on the screen, each with its own query. */
async function manyShown(count: number) {
  const stories = Array.from({ length: count }, (_, index) =>
    StoryId.parse(`01900000-0000-7001-8000-${String(index).padStart(12, '0')}`)
  )
  const bridge = createInMemoryBridge({ 'stories.undoState': () => ({ undo: null, redo: null }) })
  setBridge(bridge)
  const client = createQueryClient()
  onTestFinished(followChanges(client))
  for (const id of stories) {
    const query = { queryKey: ['stories.undoState', { id }], queryFn: () => request('stories.undoState', { id }) }
    onTestFinished(new QueryObserver(client, query).subscribe(() => {}))
  }
  await waitFor(() => expect(client.isFetching()).toBe(0))
  return { bridge, asked: () => bridge.inputsOf('stories.undoState').slice(count) }
}

test('a change of much that is shown is asked for in parts, each of it once', async () => {
  const { bridge, asked } = await manyShown(12)
  bridge.changed('messages')
  expect(asked()).toHaveLength(3)
  bridge.changed('messages')
  // What was on its way is given up for another; the rest still waits.
  expect(asked()).toHaveLength(6)
  await waitFor(() => expect(new Set(asked().map(({ id }) => id)).size).toBe(12))
  expect(asked()).toHaveLength(15)
})

test('a list that is not on the screen is asked for when it is shown again, and not before', async () => {
  const bridge = createInMemoryBridge({ 'stories.list': () => [{ ...storySummary, id: storyId }] })
  setBridge(bridge)
  const client = createQueryClient()
  onTestFinished(followChanges(client))
  const query = { queryKey: ['stories.list', {}], queryFn: () => request('stories.list', {}) }
  await client.fetchQuery(query)
  bridge.changedRows('messages', storyId)
  await waitFor(() => expect(client.getQueryState(query.queryKey)?.isInvalidated).toBe(true))
  onTestFinished(new QueryObserver(client, query).subscribe(() => {}))
  await waitFor(() => expect(bridge.inputsOf('stories.list')).toHaveLength(2))
  expect(bridge.inputsOf('stories.list')).toEqual([{}, {}])
})
