import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import { ModelsScreen } from '@renderer/features/models/ModelsScreen'
import { PresetsScreen } from '@renderer/features/presets/PresetsScreen'
import { ServersScreen } from '@renderer/features/servers/ServersScreen'
import { StoriesScreen } from '@renderer/features/stories/StoriesScreen'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { config, configId, onSonnet, preset, presetHandlers, presetId } from '@test/component/presets/fixtures'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, server, storySummary } from '@test/component/sample-data'

beforeEach(() => giveLayout())

const noteIn = async (name: string) => {
  const note = await within(await screen.findByRole('article', { name })).findByText(/could not be read/)
  return note.textContent
}

it('says which parts could not be read, what stands there, and what becomes of it', () => {
  renderWith(createInMemoryBridge({}), <UnreadableNote parts={['headers', 'secrets', 'limits']} />)
  expect(screen.getByRole('status').textContent).toBe(
    'Part of this could not be read: headers, hidden values, and limits. Defaults are used instead. What is stored stays as it is until something new is saved in its place.'
  )
})

it('says it in Russian', () => {
  renderWith(createInMemoryBridge({}), <UnreadableNote parts={['headers', 'limits']} />, 'ru')
  expect(screen.getByRole('status').textContent).toContain(
    'Часть данных не удалось прочитать: заголовки и ограничения.'
  )
})

it('says nothing of what is whole', () => {
  renderWith(createInMemoryBridge({}), <UnreadableNote parts={undefined} />)
  expect(screen.queryByRole('status')).toBeNull()
})

it('a model config whose settings could not be read opens, says so, and is whole once a model is chosen', async () => {
  const broken = config(1, 'House style', {}, { unreadable: ['settings'] })
  const bridge = createInMemoryBridge({
    ...presetHandlers([preset(1)]).handlers,
    'modelConfigs.list': () => [broken, config(2, 'Whole')],
    'modelConfigs.update': ({ patch }) => {
      const { users: _users, unreadable: _note, ...plain } = broken
      return { ...plain, ...patch, settings: onSonnet }
    },
  })
  const { user } = renderWith(bridge, <ModelsScreen configId={configId(1)} />)
  expect(await noteIn('House style')).toContain('settings')
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: /^Model of House style/ }))
  await user.click(await screen.findByRole('option', { name: /sonnet/ }))
  await waitFor(() =>
    expect(bridge.inputsOf('modelConfigs.update')).toEqual([{ id: configId(1), patch: { settings: onSonnet } }])
  )
  await waitFor(() => expect(screen.queryByText(/could not be read/)).toBeNull())
})

it('a preset says it over its roles', async () => {
  const { handlers } = presetHandlers([preset(1, { unreadable: ['fallback', 'prompts'] })])
  renderWith(createInMemoryBridge(handlers), <PresetsScreen presetId={presetId(1)} />)
  expect(await noteIn('Preset 1')).toContain('what happens on a failure and own prompts')
})

it('a row of a list says it too, under the pointer and to screen readers', async () => {
  const { handlers } = presetHandlers([preset(1, { unreadable: ['fallback'] }), preset(2)])
  const { user } = renderWith(createInMemoryBridge(handlers), <PresetsScreen presetId={presetId(2)} />)
  const list = await screen.findByRole('navigation', { name: 'Presets' })
  const row = await within(list).findByRole('link', { name: /Preset 1.*could not be read: what happens on a failure/ })
  expect(within(list).getByRole('link', { name: /Preset 2/ }).textContent).not.toContain('could not be read')
  await user.hover(within(row).getByText(/could not be read/))
  expect((await screen.findByRole('tooltip')).textContent).toContain('what happens on a failure')
  await expectNoAxeViolations()
})

it('a story says it in its row', async () => {
  const stories = [{ ...storySummary, title: 'Fog', unreadable: ['differences' as const] }]
  renderWith(createInMemoryBridge({ ...emptyApp, 'stories.list': () => stories }), <StoriesScreen />)
  expect(await screen.findByRole('link', { name: /Fog.*could not be read: some differences/ })).toBeTruthy()
})

it('a server says it under its name', async () => {
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'servers.list': () => [server({ unreadable: ['auth'] })],
    'servers.activity': () => ({ models: [], calls: { running: 0, waiting: 0 } }),
    'jobs.list': () => [],
  })
  renderWith(bridge, <ServersScreen serverId={server().id} />)
  expect(await noteIn('This computer')).toContain('how the key is sent')
})
