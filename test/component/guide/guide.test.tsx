import { screen, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { ModelSettings } from '@contract/entities/model-config'
import type { Preset, PresetSummary } from '@contract/entities/preset'
import { FabulaError } from '@contract/errors'
import { PresetId, RoleId } from '@contract/ids'
import { GuideScreen } from '@renderer/features/guide/GuideScreen'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import {
  demo,
  emptyApp,
  model,
  ollama,
  openRouter,
  ownProvider,
  preset,
  server,
  story,
  token,
  listed,
} from '@test/component/sample-data'

const demoModel = model({ id: 'demo/demo', model: 'demo', providerId: demo.id, price: null })
const begins: Handlers = {
  ...emptyApp,
  'models.list': listed([demoModel]),
  'presets.create': () => preset,
  'presets.setDefault': () => ({}),
  'stories.create': () => story,
}
const placeIsStory = () => waitFor(() => expect(window.location.hash).toBe(`#/stories/${story.id}`))

test('with the Demo a story is on the screen after two clicks, and the guide does not come back', async () => {
  const bridge = createInMemoryBridge(begins)
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: /^The demo/ }))
  await user.click(screen.getByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
  expect(bridge.inputsOf('presets.create')).toEqual([
    {
      name: 'My first preset',
      roles: {
        main: { enabled: true, modelConfigId: null, settings: { providerId: demo.id, model: 'demo' } },
      },
    },
  ])
  expect(bridge.inputsOf('stories.create')).toEqual([{ language: 'en', presetId: preset.id }])
  expect(bridge.inputsOf('preferences.set')).toEqual([{ guideDone: true }])
})

test('a server that never answers does not keep anyone from the other ways', async () => {
  const bridge = createInMemoryBridge({ ...begins, 'servers.discover': () => new Promise(() => {}) })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: /^A model on this computer/ }))
  expect(await screen.findByText('Looking for Ollama…')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: /^The demo/ }))
  await user.click(screen.getByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
})

test('what Ollama has is offered by itself, and its only model is chosen already', async () => {
  const local = model({ id: 'ollama/here/qwen3', model: 'qwen3:8b', providerId: ollama.id, size: 5e9, local: true })
  const bridge = createInMemoryBridge({ ...begins, 'models.list': listed([local]), 'servers.list': () => [server()] })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
  expect(bridge.inputsOf('presets.create')[0]?.roles).toHaveProperty('main.settings', {
    providerId: ollama.id,
    model: 'qwen3:8b',
  })
})

test('of several models on this computer one that writes well is chosen already, and of one the user searches for, Enter takes it', async () => {
  const local = (name: string, gigabytes: number) =>
    model({ id: `ollama/here/${name}`, model: name, providerId: ollama.id, size: gigabytes * 1e9, local: true })
  const bridge = createInMemoryBridge({ ...begins, 'servers.list': () => [server()] })
  const { user } = renderWith(bridge, <GuideScreen />)
  await screen.findByText(/^Ollama: free/)
  // They come while the guide is open: Ollama was started after it.
  const names = [local('tiny:1b', 1), local('qwen2.5-coder:7b', 8), local('teller:8b', 5), local('huge:70b', 40)]
  bridge.answer({ 'models.list': listed(names) })
  bridge.changed('models')
  const field = await screen.findByRole('combobox', { name: 'Model' })
  expect(field).toHaveProperty('value', 'teller:8b')
  await user.clear(field)
  await user.type(field, 'tin{Enter}')
  await user.click(screen.getByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
  expect(bridge.inputsOf('presets.create')[0]?.roles).toHaveProperty('main.settings.model', 'tiny:1b')
})

describe('the guide, gone through again', () => {
  const local = model({ id: 'ollama/here/qwen3', model: 'qwen3:8b', providerId: ollama.id, size: 5e9, local: true })
  const summary = ({ id, name, isDefault }: Preset): PresetSummary => ({
    id,
    name,
    isDefault,
    description: '',
    rolesOn: 1,
    stories: 1,
    updatedAt: preset.updatedAt,
  })
  const withMain = (of: Preset, settings: ModelSettings): Preset => ({
    ...of,
    roles: { [RoleId.parse('main')]: { enabled: true, modelConfigId: null, settings } },
  })
  const withDemo = withMain(preset, { providerId: demo.id, model: 'demo' })

  test('makes a preset that is named after its model and is the default from then on', async () => {
    const made = { ...preset, id: PresetId.parse('01990000-0031-7000-8000-000000000000'), name: 'qwen3:8b' }
    const bridge = createInMemoryBridge({
      ...begins,
      'models.list': listed([demoModel, local]),
      'servers.list': () => [server()],
      'presets.list': () => [summary(withDemo)],
      'presets.get': () => withDemo,
      'presets.create': () => made,
    })
    const { user } = renderWith(bridge, <GuideScreen />)
    expect(await screen.findByText(/Stories that you have begun keep their presets/)).toBeTruthy()
    await user.click(await screen.findByRole('button', { name: 'Begin a story' }))
    await placeIsStory()
    expect(bridge.inputsOf('presets.create')).toMatchObject([{ name: 'qwen3:8b' }])
    expect(bridge.inputsOf('presets.setDefault')).toEqual([{ id: made.id }])
    expect(bridge.inputsOf('stories.create')).toEqual([{ language: 'en', presetId: made.id }])
  })

  test('with the same choice goes on with the preset that is there', async () => {
    const bridge = createInMemoryBridge({
      ...begins,
      'presets.list': () => [summary(withDemo)],
      'presets.get': () => withDemo,
    })
    const { user } = renderWith(bridge, <GuideScreen />)
    await user.click(await screen.findByRole('button', { name: /^The demo/ }))
    await user.click(screen.getByRole('button', { name: 'Begin a story' }))
    await placeIsStory()
    expect(bridge.inputsOf('presets.create')).toEqual([])
    expect(bridge.inputsOf('presets.setDefault')).toEqual([{ id: preset.id }])
  })
})

test('a key is checked, its models are fetched, one is found by searching, and the preset uses the key', async () => {
  const bridge = createInMemoryBridge({
    ...begins,
    'models.list': listed([demoModel]),
    'tokens.probe': () => ({ models: 2, creditLeft: null, latencyMs: 1 }),
  })
  bridge.answer({
    'tokens.add': () => {
      bridge.answer({ 'tokens.list': () => [token()] })
      bridge.changed('tokens')
      return token()
    },
    'models.refresh': () => {
      const names = ['anthropic/claude', 'google/gemini']
      bridge.answer({ 'models.list': () => names.map((name) => model({ id: `openrouter/${name}`, model: name })) })
      bridge.changed('models')
      return { added: 2, changed: 0, vanished: 0 }
    },
  })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: /^An API key/ }))
  await expectNoAxeViolations()
  await user.type(await screen.findByLabelText('Key', { selector: 'input' }), 'sk-or-1')
  await user.click(screen.getByRole('button', { name: 'Check the key' }))
  await user.type(await screen.findByRole('combobox', { name: 'Model' }), 'gemini')
  await user.click(await screen.findByRole('option', { name: /google\/gemini/ }))
  await user.click(screen.getByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
  expect(bridge.inputsOf('models.refresh')).toEqual([{ providerId: openRouter.id }])
  expect(bridge.inputsOf('presets.create')[0]?.roles).toHaveProperty('main.settings', {
    providerId: openRouter.id,
    model: 'google/gemini',
    tokenIds: [token().id],
  })
})

test('an own address without a list of models: the name is typed', async () => {
  const bridge = createInMemoryBridge({
    ...begins,
    'providers.create': () => ownProvider,
    'models.refresh': () => {
      throw sentError('provider_unreachable', 'down')
    },
  })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: /^An API key/ }))
  await user.click(screen.getByRole('radio', { name: 'Another address' }))
  await user.type(screen.getByRole('textbox', { name: 'Address' }), 'http://127.0.0.1:1234/v1')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await user.type(await screen.findByRole('textbox', { name: 'Model' }), 'my-model')
  await user.click(screen.getByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
  expect(bridge.inputsOf('providers.create')).toEqual([
    { name: '127.0.0.1:1234', baseUrl: 'http://127.0.0.1:1234/v1', keyRequired: false },
  ])
})

test('a failure is said, and the next try does not leave a second preset behind', async () => {
  let full = true
  const bridge = createInMemoryBridge({
    ...begins,
    'presets.setRole': () => preset,
    'stories.create': () => {
      if (full) throw new FabulaError('storage_full', 'ENOSPC')
      return story
    },
  })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: /^The demo/ }))
  await user.click(screen.getByRole('button', { name: 'Begin a story' }))
  expect(await screen.findByText('Nothing can be saved: the disk is full.')).toBeTruthy()
  full = false
  await user.click(screen.getByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
  expect(bridge.inputsOf('presets.create')).toHaveLength(1)
})

test('it can be left', async () => {
  const bridge = createInMemoryBridge(begins)
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(screen.getByRole('button', { name: 'Not now' }))
  expect(window.location.hash).toBe('#/stories')
  expect(bridge.inputsOf('preferences.set')).toEqual([{ guideDone: true }])
})
