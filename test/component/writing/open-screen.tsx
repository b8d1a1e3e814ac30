import { act, screen } from '@testing-library/react'
import { WritingScreen } from '@renderer/features/writing/WritingScreen'
import { useAskedRolesStore } from '@renderer/stores/asked-roles'
import { useDraftStore } from '@renderer/stores/writing-draft'
import { useEditStore } from '@renderer/stores/writing-edits'
import { useTurnStore } from '@renderer/stores/writing-turn'
import { giveLayout } from '@test/component/layout'
import { renderWith } from '@test/component/render'
import { messageId, passage, storyId, type StoryBridge } from './story-bridge'

/** Nothing is left of the test before, and everything has a size. */
export function freshScreen(): void {
  useDraftStore.setState({ drafts: {} })
  useAskedRolesStore.setState({ asked: {} })
  useEditStore.setState({ edits: {} })
  useTurnStore.setState({ turns: {}, lastEnded: {} })
  giveLayout()
}

export const opening = passage(1, 'Nobody had climbed the stairs.')

/** The writing screen of a story, with its passages on the page. */
export async function open(bridge: StoryBridge) {
  const view = renderWith(bridge, <WritingScreen storyId={storyId} />)
  // An empty story has no feed yet.
  await (bridge.messages.length > 0 ? screen.findByRole('feed') : screen.findByText(/^An empty page/))
  return view
}

export const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your line' })
/** What is read on the page, without the bar under it. */
export const textOf = (element: Element | null | undefined) => element?.textContent ?? ''
export const lastPassage = () => screen.getAllByRole('article').at(-1)

/** Main begins to write passage 2. */
export function begin(bridge: StoryBridge) {
  bridge.messages = [opening, passage(2, '', { state: 'streaming', writtenBy: null })]
  act(() => {
    bridge.started()
    bridge.step(messageId(2))
  })
}
