import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { contentChanges } from '@renderer/features/templates/content-changes'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations } from '@test/component/render'
import { content, idOf, keptTemplates, template, textVariable } from './made-templates'
import { showTemplates } from './show-templates'

beforeEach(() => giveLayout())

const old = content({ user: 'Write a long scene.' })
const now = content({ user: 'Write a short scene.', tries: 5, variables: [textVariable('who')] })

const show = (draft = null as ReturnType<typeof content> | null) =>
  showTemplates(
    keptTemplates(
      [template(1, 'Beat', { version: 2, starter: 'beat', content: now, draft })],
      [
        { number: 2, name: 'Short', note: 'Half as long', createdAt: '2026-01-02T03:04:05.000Z', content: now },
        { number: 0, name: '', note: '', createdAt: null, content: old },
      ]
    ),
    `${idOf(1)}/versions`
  )

describe('The versions of a template', () => {
  it('are told with their words and who made them, and compared with what is used', async () => {
    const { user } = show()
    const second = await screen.findByRole('listitem', { name: 'Version 2' })
    expect(second.textContent).toMatch(/Version 2 · Short.*in use.*Made by you.*Half as long/)
    expect(within(second).queryByRole('button', { name: 'Compare' })).toBeNull()
    const brought = screen.getByRole('listitem', { name: 'As it came' })
    expect(within(brought).getByText('Brought by Fabula')).toBeDefined()
    expect(within(brought).queryByRole('button', { name: 'Name and note' })).toBeNull()
    await user.click(within(brought).getByRole('button', { name: 'Compare' }))
    const diff = await screen.findByRole('region', { name: 'As it came and Version 2' })
    const left = await within(diff).findByRole('textbox', { name: 'User message, As it came' })
    expect(left.textContent).toContain('Write a long scene.')
    expect(within(diff).getByRole('textbox', { name: 'User message, Version 2' }).textContent).toContain('short')
    expect(within(diff).getByRole('row', { name: /^Tries 3 5/ })).toBeDefined()
    expect(within(diff).getByRole('row', { name: /^Variable who –/ })).toBeDefined()
    await expectNoAxeViolations()
  })

  it('get a name and a note', async () => {
    const { user, bridge } = show()
    await user.click(await screen.findByRole('button', { name: 'Name and note' }))
    const name = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(name)
    await user.type(name, 'Shorter')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(bridge.inputsOf('templates.describeVersion')).toEqual([
        { id: idOf(1), number: 2, name: 'Shorter', note: 'Half as long' },
      ])
    )
  })

  it('are restored, and what was used and written before comes back with Undo', async () => {
    const draft = content({ user: 'Half of a thought' })
    const { user, bridge } = show(draft)
    const brought = await screen.findByRole('listitem', { name: 'As it came' })
    await user.click(within(brought).getByRole('button', { name: 'Restore' }))
    await screen.findByText('The template is as it came again.')
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(bridge.inputsOf('templates.keepDraft').at(-1)?.draft).toEqual(draft))
    expect(bridge.inputsOf('templates.restore')).toEqual([
      { id: idOf(1), number: 0 },
      { id: idOf(1), number: 2 },
    ])
  })

  it('of a new template are none, which cannot be used yet either', async () => {
    const { user, bridge } = showTemplates(keptTemplates([template(1, 'Beat', { version: 0 })]), `${idOf(1)}/versions`)
    await screen.findByText(/^No version yet\. What you write is kept as a draft/)
    await user.click(screen.getByRole('tab', { name: 'Use' }))
    await user.click(await screen.findByRole('button', { name: 'Write the template' }))
    await user.type(await screen.findByRole('textbox', { name: 'User message' }), 'Go.')
    await user.click(await screen.findByRole('button', { name: 'Save as version 1' }))
    await screen.findByText('Version 1 is saved.')
    bridge.changed('templates')
    await user.click(screen.getByRole('tab', { name: /^Versions/ }))
    const first = await screen.findByRole('listitem', { name: 'Version 1' })
    expect(within(first).queryByRole('button', { name: 'Compare' })).toBeNull()
  })

  it('differ in what can be read, and not at all from themselves', () => {
    expect(contentChanges(now, now)).toEqual([])
    const [one, two] = [textVariable('a'), textVariable('b')]
    expect(contentChanges(content({ variables: [one, two] }), content({ variables: [two, one] }))).toEqual([
      { part: 'order', name: '', before: 'a, b', after: 'b, a' },
    ])
    const [changed] = contentChanges(
      content({ answer: { format: 'json', schema: { type: 'object', required: ['name'] } } }),
      content()
    )
    expect(changed?.before).toBe('format: json\nschema:\n  type: object\n  required:\n    – name')
  })
})
