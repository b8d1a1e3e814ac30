import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Generation } from '@contract/entities/generation'
import { MessageId } from '@contract/ids'
import { UseTab } from '@renderer/features/templates/use/UseTab'
import { useTemplateUseStore } from '@renderer/stores/template-use'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { onSonnet, router, sonnet } from '@test/component/presets/fixtures'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { listed, storySummary } from '@test/component/sample-data'
import { generation, generationId, keptGenerations } from './made-generations'
import { idOf, keptTemplates, template } from './made-templates'

const messageId = MessageId.parse(idOf(60))

beforeEach(() => {
  giveLayout()
  useTemplateUseStore.setState(useTemplateUseStore.getInitialState())
})
afterEach(() => vi.restoreAllMocks())

async function show(made: Partial<Generation>, handlers: Handlers = {}) {
  const one = template(1, 'Character')
  const bridge = createInMemoryBridge({
    ...keptTemplates([one]),
    ...keptGenerations([generation(1, made)]),
    'worlds.list': () => [],
    ...handlers,
  })
  const view = renderWith(bridge, <UseTab template={one} />)
  return { ...view, bridge, card: await screen.findByRole('article') }
}

const text = { format: 'text' as const, value: null, text: 'Three coins.', schema: null }
const rows = [
  { name: 'Ann, of Ys', age: 3 },
  { name: 'Bo', age: null },
]
const table = { format: 'csv' as const, value: rows, text: 'name,age\n"Ann, of Ys",3\nBo,\n', schema: null }

describe('What came of a template', () => {
  it('goes to the end of the story that is chosen, and is taken back', async () => {
    const deleted: unknown[] = []
    const { user, bridge, card } = await show(text, {
      'stories.list': () => [storySummary],
      'generations.intoStory': () => ({ messageId }),
      'messages.delete': (input) => {
        deleted.push(input)
        return {}
      },
    })
    await user.click(await within(card).findByRole('button', { name: 'Into the page' }))
    await user.click(await screen.findByRole('menuitem', { name: storySummary.title }))
    expect(bridge.inputsOf('generations.intoStory')).toEqual([{ id: generationId(1), storyId: storySummary.id }])
    await screen.findByText(`Added to the end of “${storySummary.title}”`)
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(deleted).toEqual([{ id: messageId }]))
  })

  it.each([
    ['CSV, for spreadsheets', 'Character.csv', 'name,age\r\n"Ann, of Ys",3\r\nBo,\r\n'],
    ['JSON', 'Character.json', `${JSON.stringify(rows, null, 2)}\n`],
    ['Text, as the model gave it', 'Character.txt', table.text],
  ])('is kept as a file: %s', async (form, name, content) => {
    const files: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      if (file instanceof Blob) files.push(file)
      return 'blob:1'
    })
    const names: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download)
    })
    const { user, card } = await show(table)
    await user.click(within(card).getByRole('button', { name: 'Save to a file' }))
    await user.click(await screen.findByRole('menuitem', { name: form }))
    expect(names).toEqual([name])
    expect(await files[0]?.text()).toBe(content)
  })

  it.each([
    ['a text as it is', text, 'Three coins.'],
    ['a table as rows for a spreadsheet', table, 'name\tage\r\n"Ann, of Ys"\t3\r\nBo\t\r\n'],
    ['data as JSON', {}, '{\n  "name": "Osric",\n  "age": 58\n}'],
  ])('is copied: %s', async (_, made, copied) => {
    const { user, card } = await show(made)
    await user.click(within(card).getByRole('button', { name: 'Copy' }))
    await within(card).findByText('Copied')
    expect(await navigator.clipboard.readText()).toBe(copied)
  })

  it('becomes a favourite and is none again', async () => {
    const { user, bridge, card } = await show({})
    await user.click(within(card).getByRole('button', { name: 'Add to favourites' }))
    bridge.changed('generations')
    await user.click(await within(card).findByRole('button', { name: 'Remove from favourites' }))
    expect(bridge.inputsOf('generations.favourite')).toEqual([
      { id: generationId(1), favourite: true },
      { id: generationId(1), favourite: false },
    ])
  })

  it('stands beside that of another model, and either one can be closed', async () => {
    const { user, bridge, card } = await show(
      {},
      {
        'providers.list': () => [router],
        'models.list': listed([sonnet]),
        'models.states': () => [],
        'servers.list': () => [],
        'tokens.list': () => [],
      }
    )
    await user.click(within(card).getByRole('button', { name: 'On another model' }))
    await user.click(await screen.findByRole('option', { name: /sonnet/i }))
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
    expect(bridge.inputsOf('generations.again')).toEqual([{ id: generationId(1), model: onSonnet }])
    await expectNoAxeViolations()
    const [close] = screen.getAllByRole('button', { name: 'Close the result beside' })
    if (close) await user.click(close)
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(1))
  })
})
