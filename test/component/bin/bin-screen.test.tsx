import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { BinItem } from '@contract/entities/bin'
import { BinScreen } from '@renderer/features/bin/BinScreen'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

const id = (count: number) => `01900000-0000-7009-8000-00000000000${count}`
const item = (count: number, more: Partial<BinItem>): BinItem => ({
  kind: 'preset',
  id: id(count),
  name: 'Gothic',
  storyTitle: null,
  deletedAt: '2026-01-02T03:04:05.000Z',
  daysLeft: 12,
  ...more,
})

function open() {
  let items = [
    item(1, {}),
    item(2, { kind: 'passage', name: 'The lamp went out.', storyTitle: 'Lighthouse', daysLeft: 1 }),
  ]
  const bridge = createInMemoryBridge({
    'bin.list': () => items,
    'bin.restore': ({ id: wanted }) => {
      items = items.filter((one) => one.id !== wanted)
      bridge.changed('presets')
      return { name: 'Gothic (2)', also: ['Mine'] }
    },
    'bin.delete': () => ({}),
    'bin.empty': () => {
      items = []
      bridge.changed('stories')
      return {}
    },
  })
  return { bridge, ...renderWith(bridge, <BinScreen />) }
}

it('says what was deleted, how long it stays, and brings it back with what it needs', async () => {
  const { bridge, user } = open()
  expect(await screen.findByText('from “Lighthouse”')).toBeDefined()
  expect(screen.getByText('12 days left')).toBeDefined()
  expect(screen.getByText('1 day left')).toBeDefined()
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'Restore “Gothic”' }))
  expect(await screen.findByText('“Gothic (2)” is back, and with it: Mine')).toBeDefined()
  expect(bridge.inputsOf('bin.restore')).toEqual([{ kind: 'preset', id: id(1) }])
  await waitFor(() => expect(screen.queryByText('Gothic')).toBeNull())
})

it('deletes for good only after a question', async () => {
  const { bridge, user } = open()
  await user.click(await screen.findByRole('button', { name: 'Delete “Gothic” for good' }))
  const question = await screen.findByRole('dialog', { name: 'Delete “Gothic” for good?' })
  expect(bridge.inputsOf('bin.delete')).toEqual([])
  await user.click(within(question).getByRole('button', { name: 'Delete for good' }))
  await waitFor(() => expect(bridge.inputsOf('bin.delete')).toEqual([{ kind: 'preset', id: id(1) }]))
})

it('is emptied after a question, and says what it is for', async () => {
  const { user } = open()
  await user.click(await screen.findByRole('button', { name: 'Empty the bin' }))
  const question = await screen.findByRole('dialog', { name: 'Empty the bin?' })
  expect(within(question).getByText(/^2 items are deleted for good/)).toBeDefined()
  await user.click(within(question).getByRole('button', { name: 'Empty the bin' }))
  expect(await screen.findByText(/^The bin is empty/)).toBeDefined()
})
