import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { StageView } from '@contract/entities/stage'
import { FabulaError } from '@contract/errors'
import { MediaScreen } from '@renderer/features/media/MediaScreen'
import { useStageDrafts } from '@renderer/stores/stage-drafts'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { demo, emptyApp, openRouter, token } from '@test/component/sample-data'
import { fourStages, keptMedia, listedModel, now, spoken, stage, stageId } from './made-media'

const home = token({ name: 'home' })

/** An app whose stages are what the test says, and change as it says. */
function app(stages: StageView[], more: Handlers = {}) {
  const kept = { stages }
  const bridge = createInMemoryBridge({
    ...emptyApp,
    ...keptMedia([]),
    'tokens.list': () => [home],
    'stages.list': () => kept.stages,
    ...more,
  })
  return { bridge, kept }
}

const section = (name: string) => screen.findByRole('region', { name })
const choose = async (user: { click: (element: Element) => Promise<void> }, field: HTMLElement, option: string) => {
  await user.click(field)
  await user.click(await screen.findByRole('option', { name: option }))
}

test('each of the four is a sentence, with how it stands and when its list was had', async () => {
  const problem = new FabulaError('provider_unauthorized', 'no', { details: { provider: 'OpenRouter' } }).toShape()
  const { bridge } = app([...fourStages(spoken).slice(0, 2), stage('song', { ...spoken, status: 'invalid', problem })])
  renderWith(bridge, <MediaScreen />)
  const voice = await section('Voice')
  expect(await within(voice).findByText('OpenRouter with key “home”, tts-one, voice Alloy')).toBeTruthy()
  expect(within(voice).getByText('Works')).toBeTruthy()
  expect(voice.textContent).toContain('list from ')
  expect((await section('Poem')).textContent).toContain('Not set up yet')
  expect((await section('Song')).textContent).toMatch(/Does not work\..*OpenRouter/)
  await expectNoAxeViolations()
})

test('one press sets up all four with the Demo', async () => {
  const { bridge, kept } = app(fourStages(), {
    'stages.save': ({ id, providerId }) => {
      const choice = { providerId, tokenId: null, model: 'demo', settings: {} }
      kept.stages = kept.stages.map((one) => (one.id === id ? { ...one, status: 'active', choice } : one))
      bridge.changed('stages')
      return stage('voice')
    },
  })
  const { user } = renderWith(bridge, <MediaScreen />)
  await user.click(await screen.findByRole('button', { name: 'Try with the Demo' }))
  expect(await screen.findAllByText('Demo, demo')).toHaveLength(4)
  expect(bridge.inputsOf('stages.save')).toHaveLength(4)
  expect(screen.queryByRole('button', { name: 'Try with the Demo' })).toBeNull()
})

test('a refused key is said at its field, and what was listed stays', async () => {
  const { bridge, kept } = app(fourStages(spoken), {
    'stages.save': ({ id }) => {
      const problem = new FabulaError('provider_unauthorized', 'no', { details: { provider: 'OpenRouter' } }).toShape()
      kept.stages = kept.stages.map((one) => (one.id === id ? { ...one, status: 'invalid', problem } : one))
      bridge.changed('stages')
      return stage('voice')
    },
  })
  const { user } = renderWith(bridge, <MediaScreen />)
  const voice = await section('Voice')
  await user.click(within(voice).getByRole('button', { name: 'Change Voice' }))
  await choose(user, within(voice).getByRole('combobox', { name: 'Key' }), 'Paste a new key…')
  await user.type(within(voice).getByLabelText('New key'), 'sk-wrong')
  expect(within(voice).getByText('Not saved')).toBeTruthy()
  await user.click(within(voice).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('stages.save')).toEqual([
      {
        id: stageId('voice'),
        providerId: openRouter.id,
        key: { name: 'Media', secret: 'sk-wrong' },
        model: 'tts-one',
        settings: { voice: 'alloy' },
      },
    ])
  )
  await waitFor(() =>
    expect(within(voice).getByRole('combobox', { name: 'Key' })).toHaveProperty('ariaInvalid', 'true')
  )
  await user.click(within(voice).getByRole('combobox', { name: 'Model' }))
  expect(await screen.findByRole('option', { name: 'tts-two' })).toBeTruthy()
})

test('a model that the key may not use any more is refused at its field, and nothing else is lost', async () => {
  const gone = new FabulaError('stage_model_gone', 'gone', { details: { model: 'tts-two', provider: 'OpenRouter' } })
  const { bridge } = app(fourStages(spoken), {
    'stages.save': () => {
      throw gone
    },
  })
  const { user } = renderWith(bridge, <MediaScreen />)
  const voice = await section('Voice')
  await user.click(within(voice).getByRole('button', { name: 'Change Voice' }))
  await choose(user, within(voice).getByRole('combobox', { name: 'Model' }), 'tts-two')
  await user.click(within(voice).getByRole('button', { name: 'Save' }))
  expect(await within(voice).findByText(/OpenRouter does not offer tts-two to this key/)).toBeTruthy()
  expect(await within(voice).findByText('OpenRouter with key “home”, tts-one, voice Alloy')).toBeTruthy()
  expect(within(voice).getByRole('combobox', { name: 'Model' })).toHaveProperty('value', 'tts-two')
})

test('a draft is its own: another section is untouched, and leaving the screen loses nothing', async () => {
  const { bridge } = app(fourStages(spoken), {})
  const first = renderWith(bridge, <MediaScreen />)
  const { user } = first
  const voice = await section('Voice')
  await user.click(within(voice).getByRole('button', { name: 'Change Voice' }))
  await choose(user, within(voice).getByRole('combobox', { name: 'Provider' }), 'Demo')
  expect(within(voice).getByText('Demo needs no key.')).toBeTruthy()
  await user.click(within(voice).getByRole('button', { name: 'Close Voice' }))
  expect(within(voice).getByText('Not saved')).toBeTruthy()
  expect(within(await section('Poem')).queryByText('Not saved')).toBeNull()
  expect(Object.keys(useStageDrafts.getState().drafts)).toEqual(['voice'])
  first.unmount()

  renderWith(bridge, <MediaScreen />)
  const again = await section('Voice')
  await user.click(within(again).getByRole('button', { name: 'Change Voice' }))
  expect(within(again).getByRole('combobox', { name: 'Provider' })).toHaveProperty('value', 'Demo')
  await user.click(within(again).getByRole('button', { name: 'Discard changes' }))
  expect(within(again).queryByText('Not saved')).toBeNull()
})

test('a list is had anew, and where voices are what a provider lists, the one field is called so', async () => {
  const speechKit: Partial<StageView> = {
    choice: { providerId: demo.id, tokenId: null, model: 'alena', settings: {} },
    status: 'active',
    models: [listedModel('alena'), listedModel('filipp')],
    listedAt: now,
  }
  const { bridge } = app(fourStages(speechKit), { 'stages.refresh': () => stage('voice') })
  const { user } = renderWith(bridge, <MediaScreen />)
  const voice = await section('Voice')
  expect(await within(voice).findByText('Demo, voice alena')).toBeTruthy()
  await user.click(within(voice).getByRole('button', { name: 'Refresh the list of Voice' }))
  await waitFor(() => expect(bridge.inputsOf('stages.refresh')).toEqual([{ id: 'voice' }]))
  await user.click(within(voice).getByRole('button', { name: 'Change Voice' }))
  await choose(user, within(voice).getByRole('combobox', { name: 'Voice' }), 'filipp')
  expect(within(voice).queryByRole('combobox', { name: 'Model' })).toBeNull()
  await expectNoAxeViolations()
})
