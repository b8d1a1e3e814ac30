import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { useMediaDialog } from '@renderer/stores/media-dialog'
import { fourStages, keptMedia, mediaId, stageId, summary, whole } from '@test/component/media/made-media'
import { expectNoAxeViolations } from '@test/component/render'
import { freshScreen, open } from './open-screen'
import { createStoryBridge, messageId, passage, storyId } from './story-bridge'

beforeEach(freshScreen)

const poem = summary(1, { stage: stageId('poem'), title: 'Stairs', messageId: messageId(1), storyId, file: null })
const voice = summary(2, { title: 'Stairs, read', messageId: messageId(1), storyId, sourceId: poem.id })

const page = () => {
  const bridge = createStoryBridge([passage(1, 'Nobody had climbed the stairs.'), passage(2, 'He went on.')])
  bridge.answer({
    ...keptMedia([voice, poem], (one) => whole(one, { words: 'Nobody climbed,\nnobody came.' })),
    'stages.list': () => fourStages(),
  })
  return bridge
}

test('what was made of a passage stands under it, read once for the whole story', async () => {
  const bridge = page()
  await open(bridge)
  const made = await screen.findByRole('list', { name: 'Made of this passage' })
  expect(
    within(made)
      .getAllByRole('listitem')
      .map((item) => item.dataset['media'])
  ).toEqual([mediaId(1), mediaId(2)])
  const [first, second] = screen.getAllByRole('article')
  expect(first?.contains(made)).toBe(true)
  expect(within(second ?? made).queryByRole('list', { name: 'Made of this passage' })).toBeNull()
  expect(bridge.inputsOf('media.list')).toEqual([{ storyId }])
  await expectNoAxeViolations()
})

test('from a poem one goes on to its voice, and a passage offers all four', async () => {
  const bridge = page()
  const { user } = await open(bridge)
  const made = within(await screen.findByRole('list', { name: 'Made of this passage' }))
  await user.click(await made.findByRole('button', { name: /^Stairs Poem/ }))
  expect((await made.findByRole('group', { name: 'Poem' })).textContent).toBe('Nobody climbed,\nnobody came.')
  await user.click(made.getByRole('button', { name: 'More for Stairs' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Read it aloud…' }))
  await waitFor(() =>
    expect(useMediaDialog.getState().making).toEqual({
      stage: 'voice',
      storyId,
      messageId: messageId(1),
      sourceId: poem.id,
      text: 'Nobody climbed,\nnobody came.',
    })
  )
  const [, last] = screen.getAllByRole('article')
  await user.click(within(last ?? document.body).getByRole('button', { name: 'Make…' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Clip…' }))
  expect(useMediaDialog.getState().making).toMatchObject({
    stage: 'clip',
    messageId: messageId(2),
    text: 'He went on.',
  })
})
