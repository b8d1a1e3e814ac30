import { QueryObserver } from '@tanstack/react-query'
import { waitFor } from '@testing-library/react'
import { expect, onTestFinished, test } from 'vitest'
import { defaultPreferences, type Preferences } from '@contract/entities/preferences'
import { StoryId } from '@contract/ids'
import { request, setBridge } from '@renderer/api/bridge'
import { createQueryClient, followChanges } from '@renderer/api/queries'
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
