import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { LONGEST_MEDIA_TEXT } from '@contract/entities/media'
import type { StageView } from '@contract/entities/stage'
import { MessageId, WorldEntryId, WorldId } from '@contract/ids'
import { MediaLayer } from '@renderer/app/MediaLayer'
import { useMediaDialog, type Making } from '@renderer/stores/media-dialog'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, openRouter, story, storyWorld, token } from '@test/component/sample-data'
import { fourStages, keptMedia, listedModel, spoken, stage, stageId, summary, whole } from './made-media'

const annId = WorldEntryId.parse('01990000-0093-7000-8000-000000000001')
const worldId = WorldId.parse('01990000-0094-7000-8000-000000000001')
const messageId = MessageId.parse('01990000-0092-7000-8000-000000000001')
const text = 'The door opened. “Who is there?” asked Ann.'

const ann = {
  id: annId,
  worldId,
  kind: 'character' as const,
  name: 'Ann',
  enabled: true,
  words: [],
  excerpt: '',
  constant: false,
  picture: null,
}

function app(stages: StageView[], more: Handlers = {}) {
  return createInMemoryBridge({
    ...emptyApp,
    ...keptMedia([]),
    'tokens.list': () => [token({ name: 'home' })],
    'stages.list': () => stages,
    'storyWorlds.get': ({ storyId }) => storyWorld(storyId, [{ id: worldId, name: 'Coast' }]),
    'worlds.entries': () => [ann],
    'media.plan': ({ text: sent, parts }) => ({
      provider: 'OpenRouter',
      model: 'tts-one',
      tokenName: 'home',
      characters: sent.length,
      requests: 2,
      cost: 0.02,
      durationMs: 80_000,
      parts: parts ?? [
        { from: 0, to: 17, entryId: null, voice: null },
        { from: 17, to: 32, entryId: annId, voice: null },
      ],
    }),
    'media.make': () => whole(summary(1, { storyId: story.id, messageId })),
    'media.setVoice': () => ({}),
    ...more,
  })
}

const making: Making = { stage: stageId('voice'), storyId: story.id, messageId, sourceId: null, text }
const opened = async (bridge: ReturnType<typeof app>, what: Making = making) => {
  useMediaDialog.getState().open(what)
  const { user } = renderWith(bridge, <MediaLayer />)
  return { user, dialog: within(await screen.findByRole('dialog', { name: 'Make from the passage' })) }
}

test('it says before what it will take, and who says what can be corrected', async () => {
  const bridge = app(fourStages(spoken))
  const { user, dialog } = await opened(bridge)
  expect(
    await dialog.findByText(`≈ ${text.length} characters · about $0.02 · about 1:20 min · 2 requests`)
  ).toBeTruthy()
  expect(dialog.getByText(/OpenRouter with key “home”, tts-one, voice Alloy/)).toBeTruthy()
  await user.click(await dialog.findByRole('combobox', { name: 'Voice of Ann' }))
  await user.click(await screen.findByRole('option', { name: 'Nova' }))
  await waitFor(() =>
    expect(bridge.inputsOf('media.setVoice')).toEqual([{ entryId: annId, providerId: openRouter.id, voice: 'nova' }])
  )
  await user.click(dialog.getByRole('button', { name: 'Who says what: 2 parts' }))
  await user.selectOptions(dialog.getByRole('combobox', { name: 'Who says part 1' }), 'Ann')
  await expectNoAxeViolations()
  await user.click(dialog.getByRole('button', { name: 'Make' }))
  await waitFor(() =>
    expect(bridge.inputsOf('media.make')).toEqual([
      {
        stage: 'voice',
        storyId: story.id,
        messageId,
        sourceId: null,
        text,
        settings: {},
        parts: [
          { from: 0, to: 17, entryId: annId, voice: 'nova' },
          { from: 17, to: 32, entryId: annId, voice: 'nova' },
        ],
      },
    ])
  )
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('what is not set up says so, with the way to it, and is set up with the Demo where it stands', async () => {
  const bridge = app(fourStages(spoken), { 'stages.save': () => stage('clip') })
  const { user, dialog } = await opened(bridge)
  await user.click(await dialog.findByRole('radio', { name: 'Clip' }))
  expect(dialog.getByText('Clip is not set up yet.')).toBeTruthy()
  expect(dialog.getByRole('link', { name: 'Set it up under Media' }).getAttribute('href')).toBe('#/media')
  expect(dialog.getByRole('button', { name: 'Make' })).toHaveProperty('disabled', true)
  expect(dialog.getByRole('textbox', { name: 'Scene' })).toHaveProperty('value', text)
  await user.click(dialog.getByRole('button', { name: 'Try with the Demo' }))
  await waitFor(() => expect(bridge.inputsOf('stages.save')).toMatchObject([{ id: 'clip', key: null }]))
})

test('options over those of Media, and a text that was changed, are what is sent', async () => {
  const bridge = app(fourStages(spoken))
  const { user, dialog } = await opened(bridge)
  const field = await dialog.findByRole('textbox', { name: 'What is read' })
  await user.clear(field)
  await user.type(field, 'Only this.')
  await user.click(dialog.getByRole('button', { name: 'Options' }))
  await user.type(await dialog.findByRole('spinbutton', { name: 'Pace' }), '2')
  await user.click(dialog.getByRole('button', { name: 'Make' }))
  await waitFor(() =>
    expect(bridge.inputsOf('media.make')).toMatchObject([{ text: 'Only this.', settings: { speed: 2 }, parts: null }])
  )
})

test('a text that is too long says how long it may be, and nothing is asked before it is shorter', async () => {
  const song = {
    choice: { providerId: openRouter.id, tokenId: null, model: 'sung', settings: {} },
    status: 'active' as const,
  }
  const stages = [stage('song', { ...song, models: [listedModel('sung', { name: 'Sung', longestText: 20 })] })]
  const bridge = app(stages)
  const { user, dialog } = await opened(bridge, { ...making, stage: stageId('song'), text: 'The door opened wide.' })
  const field = await dialog.findByRole('textbox', { name: 'Words of the song' })
  const words = 'Too long for Sung: 21 characters, and it takes at most 20. Shorten it by 1.'
  expect(dialog.getByText(words)).toBeTruthy()
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(dialog.getByRole('button', { name: 'Make' })).toHaveProperty('disabled', true)
  await expectNoAxeViolations()
  expect(bridge.inputsOf('media.plan')).toEqual([])
  await user.type(field, '{Backspace}')
  expect(dialog.queryByText(words)).toBeNull()
  await user.click(dialog.getByRole('button', { name: 'Make' }))
  await waitFor(() => expect(bridge.inputsOf('media.make')).toMatchObject([{ text: 'The door opened wide' }]))
})

test('a voice takes a text that is longer than its model does, up to what one file can hold', async () => {
  const short = { ...spoken, models: [listedModel('tts-one', { longestText: 10 })] }
  const { dialog } = await opened(app(fourStages(short)), { ...making, text: 'a'.repeat(LONGEST_MEDIA_TEXT + 2) })
  expect(
    await dialog.findByText('Too long: 200,002 characters, and at most 200,000 can be made at once. Shorten it by 2.')
  ).toBeTruthy()
  expect(dialog.getByText(/A long text is read in pieces/)).toBeTruthy()
})
