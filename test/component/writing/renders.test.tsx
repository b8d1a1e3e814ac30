import { act, screen, waitFor } from '@testing-library/react'
import type { i18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import { beforeEach, expect, test, vi } from 'vitest'
import { CommandPalette } from '@renderer/app/CommandPalette'
import { WritingScreen } from '@renderer/features/writing/WritingScreen'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { renderWith } from '@test/component/render'
import { begin, freshScreen, lastPassage, opening, textOf } from './open-screen'
import { createStoryBridge, messageId, passage, storyId } from './story-bridge'

beforeEach(freshScreen)

test('a turn renders what it changes: not the cast, nor a palette that is closed, and the composer never for a word', async () => {
  const bridge = createStoryBridge([opening])
  const found: { words?: i18n } = {}
  function Words() {
    found.words = useTranslation().i18n
    return null
  }
  renderWith(
    bridge,
    <>
      <Words />
      <WritingScreen storyId={storyId} />
      <CommandPalette />
    </>
  )
  await screen.findByRole('feed')
  await screen.findByRole('region', { name: 'In the scene' })
  if (!found.words) throw new Error('There are no words')
  // A part that renders asks for its words.
  const asked = vi.spyOn(found.words, 't')
  const times = (key: string) => asked.mock.calls.filter(([one]) => [one].flat().some((each) => each === key)).length
  const renders = () => ({
    composer: times('composer.retry'),
    cast: times('cast.settingsOf'),
    palette: times('palette.newStory'),
  })

  begin(bridge)
  await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
  const begun = renders()
  expect(begun.composer).toBeGreaterThan(0)
  act(() => bridge.delta(messageId(2), 0, 'It was '))
  act(() => bridge.delta(messageId(2), 7, 'warm.'))
  expect(textOf(lastPassage())).toBe('It was warm.')
  expect(renders()).toEqual(begun)

  bridge.messages = [opening, passage(2, 'It was warm.')]
  act(() => bridge.ended(messageId(2), 'complete'))
  await waitFor(() => expect(useTurnStore.getState().turns).toEqual({}))
  expect(renders()).toMatchObject({ cast: begun.cast, palette: 0 })
  expect(renders().composer).toBeGreaterThan(begun.composer)
})
