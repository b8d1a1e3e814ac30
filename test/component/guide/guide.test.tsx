import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { FabulaError } from '@contract/errors'
import { GuideScreen } from '@renderer/features/guide/GuideScreen'
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
} from '@test/component/sample-data'

const demoModel = model({ id: 'demo/demo', model: 'demo', providerId: demo.id, price: null })
const begins: Handlers = {
  ...emptyApp,
  'models.list': () => [demoModel],
  'presets.create': () => preset,
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
  const bridge = createInMemoryBridge({ ...begins, 'models.list': () => [local], 'servers.list': () => [server()] })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: 'Begin a story' }))
  await placeIsStory()
  expect(bridge.inputsOf('presets.create')[0]?.roles).toHaveProperty('main.settings', {
    providerId: ollama.id,
    model: 'qwen3:8b',
  })
})

test('a key is checked, its models are fetched, one is found by searching, and the preset uses the key', async () => {
  const bridge = createInMemoryBridge({
    ...begins,
    'models.list': () => [demoModel],
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
  await user.click(await screen.findByRole('button', { name: /^A key of a provider/ }))
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
      throw new FabulaError('provider_unreachable', 'down')
    },
  })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: /^A key of a provider/ }))
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
