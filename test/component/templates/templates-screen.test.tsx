import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations } from '@test/component/render'
import { content, idOf, keptTemplates, template, textVariable } from './made-templates'
import { showTemplates as show } from './show-templates'

beforeEach(() => giveLayout())

const three = () =>
  keptTemplates([
    template(1, 'Anything', { version: 4, draft: content({ user: 'Write.' }) }),
    template(2, 'Beat', { group: 'page' }),
    template(3, 'Character', {
      group: 'world',
      version: 0,
      starter: 'character',
      content: content({
        answer: { format: 'json', schema: null },
        variables: [textVariable('who', { label: 'Who' })],
      }),
    }),
  ])

describe('The templates screen', () => {
  it('lists templates by what they are for, with what is known of each', async () => {
    show(three(), '')
    const list = await screen.findByRole('navigation', { name: 'Templates' })
    expect(
      within(list)
        .getAllByRole('heading')
        .map(({ textContent }) => textContent)
    ).toEqual(['For the world', 'For the page', 'Yours'])
    const told = within(list)
      .getAllByRole('link')
      .map(({ textContent }) => textContent)
    expect(told).toEqual(['Character', 'Beatversion 1', 'Anythingversion 4 · draft'])
    await waitFor(() => expect(window.location.hash).toBe(`#/templates/${idOf(3)}`))
    await expectNoAxeViolations()
  })

  it('moves a template to another part of the list', async () => {
    const { user, bridge } = show(three(), idOf(2))
    await user.click(await screen.findByRole('button', { name: 'More for “Beat”' }))
    const chosen = await screen.findByRole('menuitemradio', { name: 'For the page' })
    expect(chosen.getAttribute('aria-checked')).toBe('true')
    await user.click(screen.getByRole('menuitemradio', { name: 'For the world' }))
    await waitFor(() =>
      expect(bridge.inputsOf('templates.update')).toEqual([{ id: idOf(2), patch: { group: 'world' } }])
    )
  })

  it('puts a template into the bin with what was just written in it, and brings it back', async () => {
    const restored: unknown[] = []
    const { user, bridge } = show(
      {
        ...three(),
        'bin.restore': (one) => {
          restored.push(one)
          return { name: 'Beat', also: [] }
        },
      },
      idOf(2)
    )
    await user.type(await screen.findByRole('textbox', { name: 'Description' }), 'One moment')
    await user.click(screen.getByRole('button', { name: 'More for “Beat”' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(restored).toEqual([{ kind: 'template', id: idOf(2) }]))
    const asked = bridge.requests.map(({ route }) => route)
    expect(asked.indexOf('templates.update')).toBeLessThan(asked.indexOf('templates.delete'))
  })

  it('duplicates a template, and opens the copy', async () => {
    const { user, bridge } = show(three(), idOf(2))
    await user.click(await screen.findByRole('button', { name: 'More for “Beat”' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Duplicate' }))
    await screen.findByRole('article', { name: 'Beat (2)' })
    expect(bridge.inputsOf('templates.duplicate')).toEqual([{ id: idOf(2) }])
    expect(await screen.findByRole('link', { name: /^Beat \(2\)/ })).toBeDefined()
  })

  it('finds a template among many by its words, and keeps the open part of it', async () => {
    const many = Array.from({ length: 13 }, (_, at) => template(at + 1, `Kind ${at + 1}`, { group: 'page' }))
    const { user } = show(keptTemplates([...many, template(20, 'The long goodbye')]), `${idOf(1)}/versions`)
    const field = await screen.findByRole('textbox', { name: 'Search templates' })
    await user.type(field, 'bye long')
    const list = screen.getByRole('navigation', { name: 'Templates' })
    await waitFor(() => expect(within(list).getAllByRole('link')).toHaveLength(1))
    expect(within(list).getByRole('link').getAttribute('href')).toBe(`#/templates/${idOf(20)}/versions`)
    await user.type(field, 'x')
    expect(await within(list).findByText('No matches')).toBeDefined()
  })

  it('makes a template where there is none, and opens it where it is written', async () => {
    const { user, bridge } = show(keptTemplates([]), '')
    await user.click(await screen.findByRole('button', { name: 'New template' }))
    await waitFor(() => expect(window.location.hash).toMatch(/^#\/templates\/.*\/write$/))
    expect(bridge.inputsOf('templates.create')).toEqual([{ name: 'New template' }])
  })
})
