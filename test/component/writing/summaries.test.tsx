import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, it } from 'vitest'
import type { StorySummaries, Summary } from '@contract/entities/summary'
import { sentError } from '@test/helpers/sent-error'
import { JobId, SummaryId, type MessageId } from '@contract/ids'
import { useInspector } from '@renderer/stores/ui-inspector'
import { outlineOf } from '@renderer/features/writing/summary-outline'
import { expectNoAxeViolations } from '@test/component/render'
import { freshScreen, open } from './open-screen'
import { createStoryBridge, line, messageId, passage, storyId } from './story-bridge'

const idOf = (count: number) => SummaryId.parse(`01900000-0000-7009-8000-${String(count).padStart(12, '0')}`)
const jobId = JobId.parse('01900000-0000-7010-8000-000000000001')

const summary = (count: number, first: number, last: number, more: Partial<Summary> = {}): Summary => ({
  id: idOf(count),
  storyId,
  level: 0,
  firstId: messageId(1),
  lastId: messageId(2),
  first,
  last,
  text: `Part ${count} in short.`,
  edited: false,
  stale: false,
  madeAt: '2026-01-02T03:04:05.000Z',
  ...more,
})

const state = (more: Partial<StorySummaries> = {}): StorySummaries => ({
  summaries: [],
  chapters: [],
  left: 0,
  job: null,
  byItself: true,
  passages: 20,
  error: null,
  ...more,
})

beforeEach(() => {
  freshScreen()
  useInspector.getState().close()
})

async function opened(first: Partial<StorySummaries>) {
  let now = state(first)
  const bridge = createStoryBridge([passage(1, 'The door opens.'), passage(2, 'It closes.')])
  bridge.answer({
    'summaries.list': () => now,
    'summaries.make': () => ({}),
    'summaries.remake': () => ({}),
    'summaries.delete': () => ({}),
    'summaries.restore': ({ id }) => summary(1, 0, 19, { id }),
    'summaries.edit': ({ id, text }) => summary(1, 0, 19, { id, text, edited: true }),
    'jobs.stop': ({ id }) => {
      throw sentError('not_found', String(id))
    },
  })
  const { user } = await open(bridge)
  await user.click(await screen.findByRole('button', { name: 'Summary' }))
  const panel = within(await screen.findByRole('complementary', { name: 'Summary' }))
  const becomes = (more: Partial<StorySummaries>) => {
    now = state(more)
    bridge.changedRows('summaries', storyId)
  }
  return { bridge, user, panel, becomes }
}

it('says when summaries come, writes those that are left when asked, and can be stopped', async () => {
  const { bridge, user, panel, becomes } = await opened({ left: 12 })
  expect(await panel.findByText(/sums up every 20 passages, and every chapter that ends/)).toBeTruthy()
  expect(panel.getByRole('link', { name: 'Summarizer settings' }).getAttribute('href')).toContain(
    `/stories/${storyId}/settings/summarizer`
  )
  await user.click(panel.getByRole('button', { name: 'Sum up 12 passages' }))
  expect(bridge.inputsOf('summaries.make')).toEqual([{ storyId }])
  becomes({ left: 8, job: { id: jobId, done: 1, due: 3 } })
  expect(await panel.findByText('Writing: 1 done, 3 to go')).toBeTruthy()
  await user.click(panel.getByRole('button', { name: 'Stop' }))
  expect(bridge.inputsOf('jobs.stop')).toEqual([{ id: jobId }])
  becomes({ left: 8, error: sentError('provider_empty_answer', 'Empty').toShape() })
  await user.click(await panel.findByRole('button', { name: 'Retry' }))
  expect(bridge.inputsOf('summaries.make')).toHaveLength(2)
})

it('shows the coarsest first with those that it was made of inside, and goes to their passages', async () => {
  const fine = [summary(1, 0, 19), summary(2, 20, 39, { stale: true })]
  const { bridge, user, panel } = await opened({
    summaries: [...fine, summary(4, 40, 59), summary(3, 0, 39, { level: 1 })],
    chapters: [{ name: 'The Ferry', last: 39 }],
  })
  const part = (name: string) => within(panel.getByRole('group', { name }))
  expect(await panel.findByRole('group', { name: 'Passages 1–40' })).toBeTruthy()
  expect(part('Passages 1–40').getByText('The Ferry')).toBeTruthy()
  expect(panel.queryByText('Part 1 in short.')).toBeNull()
  await user.click(panel.getByRole('button', { name: 'Made of 2 parts' }))
  expect(part('Passages 1–20').getByText('Part 1 in short.')).toBeTruthy()
  expect(part('Passages 21–40').getByText(/Out of date/)).toBeTruthy()
  await expectNoAxeViolations()
  const [again] = part('Passages 21–40').getAllByRole('button', { name: 'Write again' })
  if (again) await user.click(again)
  expect(bridge.inputsOf('summaries.remake')).toEqual([{ id: idOf(2) }])
  await user.click(panel.getByRole('button', { name: 'Passages 1–20' }))
  await waitFor(() => expect(document.activeElement?.getAttribute('data-passage')).toBe(messageId(1)))
})

it('saves what is edited in place, asks before it is replaced, and takes a deletion back', async () => {
  const { bridge, user, panel, becomes } = await opened({ summaries: [summary(1, 0, 19)] })
  await user.click(await panel.findByRole('button', { name: 'Edit' }))
  const field = () => panel.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text of the summary' })
  expect(document.activeElement).toBe(field())
  await user.clear(field())
  expect(panel.getByText('An empty text is not saved.')).toBeTruthy()
  await user.type(field(), 'My own words.')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(bridge.inputsOf('summaries.edit').at(-1)).toEqual({ id: idOf(1), text: 'My own words.' }))
  expect(await panel.findByText('edited by you, stays as it is')).toBeTruthy()
  // The panel is still there: Escape left only the field.
  expect(panel.getByText('My own words.')).toBeTruthy()

  await user.click(panel.getByRole('button', { name: 'Write again' }))
  expect(bridge.inputsOf('summaries.remake')).toEqual([])
  const dialog = within(await screen.findByRole('dialog', { name: 'Replace your words?' }))
  await user.click(dialog.getByRole('button', { name: 'Write again' }))
  expect(bridge.inputsOf('summaries.remake')).toEqual([{ id: idOf(1) }])

  await user.click(panel.getByRole('button', { name: 'Delete' }))
  becomes({ left: 20 })
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(bridge.inputsOf('summaries.restore')).toEqual([{ id: idOf(1) }]))
})

it('a chapter ends at a passage: a rule with its name, and an initial after it', async () => {
  const bridge = createStoryBridge([passage(1, 'The door opens.'), line(2, 'I go in.'), passage(3, 'It is dark.')])
  bridge.answer({
    'messages.endChapter': ({ id, name }) => {
      const all = bridge.messages.map((message) =>
        message.id === id ? { ...message, chapterEnd: name ?? undefined } : message
      )
      bridge.messages = all
      bridge.changedRows('messages', storyId)
      const found = all.find((message) => message.id === id)
      if (!found) throw sentError('not_found', id)
      return found
    },
  })
  const { user } = await open(bridge)
  const at = (id: MessageId) => document.querySelector<HTMLElement>(`[data-passage="${id}"]`)
  const initials = () => document.querySelectorAll('[data-drop-cap]').length
  const before = initials()
  at(messageId(1))?.focus()
  const first = () => within(at(messageId(1)) ?? document.body)
  await user.click(await first().findByRole('button', { name: 'End a chapter here' }))
  const name = await first().findByRole('textbox', { name: 'Name of the chapter that ends here' })
  await waitFor(() => expect(document.activeElement).toBe(name))
  await user.keyboard('The Ferry{Enter}')
  await waitFor(() =>
    expect(bridge.inputsOf('messages.endChapter')).toEqual([
      { id: messageId(1), name: '' },
      { id: messageId(1), name: 'The Ferry' },
    ])
  )
  expect(initials()).toBe(before + 1)
  await expectNoAxeViolations()
  await user.click(first().getByRole('button', { name: 'The chapter does not end here' }))
  await waitFor(() => expect(first().queryByRole('group', { name: 'End of a chapter' })).toBeNull())
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(bridge.inputsOf('messages.endChapter').at(-1)?.name).toBe('The Ferry'))
})

it('puts each summary into the nearest one above it', () => {
  const outline = outlineOf([
    summary(1, 0, 9),
    summary(2, 10, 19),
    summary(3, 20, 29),
    summary(4, 0, 19, { level: 1 }),
    summary(5, 0, 29, { level: 2 }),
    summary(6, 30, 39),
  ])
  expect(outline.map(({ summary: one }) => one.id)).toEqual([idOf(5), idOf(6)])
  expect(outline[0]?.of.map(({ summary: one, of }) => [one.id, of.length])).toEqual([
    [idOf(4), 2],
    [idOf(3), 0],
  ])
})
