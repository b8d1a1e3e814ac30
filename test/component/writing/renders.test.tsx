import { act, screen, waitFor } from '@testing-library/react'
import type { ComponentType } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { CommandPalette } from '@renderer/app/CommandPalette'
import { WritingScreen } from '@renderer/features/writing/WritingScreen'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { renderWith } from '@test/component/render'
import { begin, freshScreen, lastPassage, opening, textOf } from './open-screen'
import { createStoryBridge, messageId, passage, storyId } from './story-bridge'

/** How often each part of the page was rendered: by a child of it that keeps nothing of what it drew before. */
const { renders, counting } = vi.hoisted(() => {
  const renders = { composer: 0, cast: 0, commands: 0 }
  const counting =
    <Props extends object>(part: keyof typeof renders, Drawn: ComponentType<Props>) =>
    (props: Props) => {
      renders[part] += 1
      return <Drawn {...props} />
    }
  return { renders, counting }
})
vi.mock(import('@renderer/features/writing/AskedRoles'), async (original) => ({
  AskedRoles: counting('composer', (await original()).AskedRoles),
}))
vi.mock(import('@renderer/features/writing/RoleDifferences'), async (original) => ({
  RoleDifferences: counting('cast', (await original()).RoleDifferences),
}))
vi.mock(import('@renderer/app/use-commands'), async (original) => {
  const { useCommands } = await original()
  return {
    useCommands: () => {
      renders.commands += 1
      return useCommands()
    },
  }
})

beforeEach(freshScreen)

test('a turn renders what it changes: not the cast, nor a palette that is closed, and the composer never for a word', async () => {
  const bridge = createStoryBridge([opening])
  renderWith(
    bridge,
    <>
      <WritingScreen storyId={storyId} />
      <CommandPalette />
    </>
  )
  await screen.findByRole('feed')
  await waitFor(() => expect(renders.cast).toBeGreaterThan(0))

  begin(bridge)
  await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
  const begun = { ...renders }
  act(() => bridge.delta(messageId(2), 0, 'It was '))
  act(() => bridge.delta(messageId(2), 7, 'warm.'))
  expect(textOf(lastPassage())).toBe('It was warm.')
  expect(renders).toEqual(begun)

  bridge.messages = [opening, passage(2, 'It was warm.')]
  act(() => bridge.ended(messageId(2), 'complete'))
  await waitFor(() => expect(useTurnStore.getState().turns).toEqual({}))
  expect(renders).toMatchObject({ cast: begun.cast, commands: 0 })
})
