import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { History } from '@renderer/features/templates/use/History'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { generation, generationId, keptGenerations } from './made-generations'
import { idOf, keptTemplates, template } from './made-templates'

beforeEach(() => giveLayout())

function show(all = false) {
  const bridge = createInMemoryBridge({
    ...keptTemplates([template(1, 'Character')]),
    ...keptGenerations([
      generation(1),
      generation(2, {
        state: 'invalid',
        templateName: 'Beat',
        templateId: idOf(2),
        value: null,
        text: 'A storm at the ferry.',
        favourite: true,
      }),
    ]),
    'worlds.list': () => [],
  })
  return {
    bridge,
    ...renderWith(
      bridge,
      <div data-page-scroll>
        <div>
          <History {...(all ? {} : { templateId: idOf(1) })} />
        </div>
      </div>
    ),
  }
}

describe('The history of generations', () => {
  it('lists those of a template, and opens one as it was', async () => {
    const { user } = show()
    const list = await screen.findByRole('list', { name: 'History' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(1)
    await user.click(within(list).getByRole('button', { name: /^Osric/ }))
    const dialog = await screen.findByRole('dialog', { name: 'Generation' })
    expect(await within(dialog).findByText('fits the shape')).toBeDefined()
    await user.click(within(dialog).getByRole('button', { name: 'Again' }))
    await user.click(await screen.findByRole('menuitem', { name: 'With a new seed' }))
    await expectNoAxeViolations()
  })

  it('finds by words, status and favourites among those of all templates', async () => {
    const { user, bridge } = show(true)
    const list = await screen.findByRole('list', { name: 'History' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(2)
    expect(within(list).getByText(/^Beat · /)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Favourites' }))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
    await user.click(screen.getByRole('button', { name: 'Favourites' }))
    await user.type(screen.getByRole('textbox', { name: 'Search in values and answers' }), 'osric')
    await waitFor(() => expect(bridge.inputsOf('generations.list').at(-1)).toMatchObject({ search: 'osric' }))
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
    await user.type(screen.getByRole('textbox', { name: 'Search in values and answers' }), 'x')
    expect(await screen.findByText('No matches')).toBeDefined()
  })

  it('deletes one and brings it back', async () => {
    const { user, bridge } = show()
    await user.click(await screen.findByRole('button', { name: 'Delete “Osric”' }))
    expect(bridge.inputsOf('generations.delete')).toEqual([{ ids: [generationId(1)] }])
    bridge.changed('generations')
    expect(await screen.findByText('Nothing has been generated yet.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    bridge.changed('generations')
    expect(await screen.findByRole('button', { name: /^Osric/ })).toBeDefined()
  })
})
