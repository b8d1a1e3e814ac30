import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { newVariable } from '@contract/entities/new-variable'
import { inputTypes } from '@contract/entities/template'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations } from '@test/component/render'
import { content, idOf, keptTemplates, template } from './made-templates'
import { showTemplates } from './show-templates'

beforeEach(() => giveLayout())

const all = inputTypes.map((type) => newVariable(type, `a_${type}`))

const show = (variables = all, texts = {}) => {
  const view = showTemplates(
    keptTemplates([template(1, 'Beat', { content: content({ variables, ...texts }) })]),
    `${idOf(1)}/variables`
  )
  const draft = () => view.bridge.inputsOf('templates.keepDraft').at(-1)?.draft
  return { ...view, draft }
}

describe('The variables of a template', () => {
  it('are edited each by its type', async () => {
    const { user } = show()
    const shown: Record<string, string[]> = {}
    for (const { name, type } of all) {
      await user.click(await screen.findByRole('button', { name: new RegExp(`^${name}`) }))
      const form = await screen.findByRole('region', { name })
      shown[type] = within(form)
        .getAllByRole('textbox')
        .map(
          (field) =>
            field.getAttribute('aria-label') ??
            (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
              ? field.labels?.[0]?.textContent
              : '') ??
            ''
        )
    }
    expect(shown['text']).toContain('Pattern')
    expect(shown['number']).toEqual(expect.arrayContaining(['Lowest', 'Highest']))
    expect(shown['select']).toContain('Options')
    expect(shown['file']).toEqual(expect.arrayContaining(['Sample', 'At most, characters']))
    expect(shown['boolean']).not.toContain('Sample')
    await expectNoAxeViolations()
  })

  it('change their order by the keyboard', async () => {
    const { user, draft } = show([newVariable('text', 'who'), newVariable('number', 'age')])
    const grip = await screen.findByRole('button', { name: 'Move who, 1 of 2. Use the arrow keys.' })
    grip.focus()
    await user.keyboard('{ArrowDown}')
    await waitFor(() => expect(draft()?.variables.map(({ name }) => name)).toEqual(['age', 'who']))
    expect(screen.getByText('who is now 2 of 2')).toBeDefined()
  })

  it('are renamed in the texts too, where that is wanted', async () => {
    const { user, draft } = show([newVariable('text', 'who')], { user: 'Say {{ who }}, who?' })
    const field = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(field)
    await user.type(field, 'hero')
    await user.click(screen.getByRole('button', { name: 'Rename in the texts too' }))
    await waitFor(() => expect(draft()).toMatchObject({ user: 'Say {{ hero }}, who?', variables: [{ name: 'hero' }] }))
  })

  it('say what a name must not be, and keep the last good one', async () => {
    const { user, bridge } = show([newVariable('text', 'who'), newVariable('text', 'age')])
    const field = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(field)
    expect(screen.getByText('A variable needs a name.')).toBeDefined()
    await user.type(field, '1st')
    expect(screen.getByText('Use Latin letters, digits and _; begin with a letter.')).toBeDefined()
    await user.clear(field)
    await user.type(field, 'age')
    expect(screen.getByText('Another variable is called age. Choose a different name.')).toBeDefined()
    expect(bridge.inputsOf('templates.keepDraft')).toEqual([])
  })

  it.each(['lore', 'story', 'range', 'as_user', 'loop', 'not'])(
    'cannot be called %s, which says something already',
    async (name) => {
      const { user, bridge } = show([newVariable('text', 'who')])
      const field = await screen.findByRole('textbox', { name: 'Name' })
      await user.clear(field)
      await user.type(field, `${name}{Enter}`)
      const said = `${name} already means something in every template. Choose a different name.`
      expect(await screen.findByText(said)).toBeDefined()
      expect(bridge.inputsOf('templates.keepDraft')).toEqual([])
    }
  )

  it('cannot take the name of what the texts make themselves', async () => {
    const { user } = show([newVariable('text', 'who')], {
      user: '{% for hero in [1] %}{{ hero }}{{ who }}{% endfor %}',
    })
    const field = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(field)
    await user.type(field, 'hero{Enter}')
    expect(
      await screen.findByText('The texts make a hero of their own, with set or for. Choose a different name.')
    ).toBeDefined()
  })

  it('are added by type, and removed with a way back', async () => {
    const { user, draft } = show([])
    await user.click(await screen.findByRole('button', { name: 'Add a variable' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Number' }))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })))
    const lowest = await screen.findByRole('textbox', { name: 'Lowest' })
    await user.type(lowest, '-5')
    await waitFor(() => expect(draft()?.variables).toMatchObject([{ name: 'value', type: 'number', least: -5 }]))
    await user.click(screen.getByRole('button', { name: 'Remove the variable' }))
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Lowest' })).toBeNull())
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(draft()?.variables).toMatchObject([{ name: 'value', least: -5 }]))
  })

  it('say that limits cross and that a pattern cannot be read', async () => {
    const { user } = show([newVariable('text', 'who')])
    await user.type(await screen.findByRole('textbox', { name: 'Pattern' }), '[[a')
    expect(await screen.findByText('This is not a regular expression. Check brackets and backslashes.')).toBeDefined()
    await user.type(screen.getByRole('textbox', { name: 'At least, characters' }), '9')
    await user.type(screen.getByRole('textbox', { name: 'At most, characters' }), '3')
    expect(await screen.findByText('The highest is below the lowest. No value can hold to both.')).toBeDefined()
  })
})
