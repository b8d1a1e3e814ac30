import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { TemplateContent } from '@contract/entities/template'
import type { JsonObject } from '@contract/values'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations } from '@test/component/render'
import { content, idOf, keptTemplates, template } from './made-templates'
import { showTemplates } from './show-templates'

beforeEach(() => giveLayout())

const person: JsonObject = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'As others call them', format: 'email' },
    age: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    friends: { type: 'array', items: { type: 'object', properties: { since: { type: 'string' } }, required: [] } },
  },
  required: ['name', 'soul'],
  minProperties: 1,
}

const show = (part: Partial<TemplateContent> = { answer: { format: 'json', schema: person } }) => {
  const view = showTemplates(keptTemplates([template(1, 'Person', { content: content(part) })]), `${idOf(1)}/answer`)
  const draft = () => view.bridge.inputsOf('templates.keepDraft').at(-1)?.draft
  const schema = () => {
    const answer = draft()?.answer
    return answer && answer.format !== 'text' ? answer.schema : undefined
  }
  return { ...view, draft, schema }
}

describe('The shape of an answer', () => {
  it('is edited as a form that loses nothing of what it cannot show, and says so', async () => {
    const { user, schema } = show()
    const name = await screen.findByRole('group', { name: 'name' })
    expect(screen.getByText(/^Kept, but only shown as text: minProperties\./)).toBeDefined()
    expect(within(name).getByText('Kept, but only shown as text: format.')).toBeDefined()
    expect(within(screen.getByRole('group', { name: 'age' })).getByText(/^The form cannot show/)).toBeDefined()
    await expectNoAxeViolations()
    const field = within(name).getByRole('textbox', { name: 'Name of the field' })
    await user.clear(field)
    await user.type(field, 'title{Enter}')
    await user.click(within(screen.getByRole('group', { name: 'title' })).getByRole('switch'))
    await waitFor(() =>
      expect(schema()).toEqual({
        ...person,
        properties: {
          title: { type: 'string', description: 'As others call them', format: 'email' },
          age: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
          friends: {
            type: 'array',
            items: { type: 'object', properties: { since: { type: 'string' } }, required: [] },
          },
        },
        required: ['soul'],
      })
    )
  })

  it('gets fields with limits, and takes no name twice', async () => {
    const { user, schema } = show({ answer: { format: 'csv', schema: null } })
    await user.click(await screen.findByRole('button', { name: 'Describe the fields' }))
    await user.click(await screen.findByRole('button', { name: 'Add a field' }))
    await user.click(screen.getByRole('button', { name: 'Add a field' }))
    const second = await screen.findByRole('group', { name: 'field_2' })
    await user.click(within(second).getByText('Limits'))
    await user.type(within(second).getByRole('textbox', { name: 'At most, characters' }), '40')
    const field = within(second).getByRole('textbox', { name: 'Name of the field' })
    await user.clear(field)
    await user.type(field, 'field{Enter}')
    expect(within(second).getByText('There is already a field field.')).toBeDefined()
    await waitFor(() =>
      expect(schema()).toMatchObject({
        properties: { field: { type: 'string' }, field_2: { type: 'string', maxLength: 40 } },
        required: ['field', 'field_2'],
      })
    )
  })

  it('is edited as text, which says where it is wrong and is taken over once it can be read', async () => {
    const { user, bridge, schema } = show({ answer: { format: 'json', schema: { type: 'strin' } } })
    await user.click(await screen.findByRole('button', { name: 'Open as text' }))
    const editor = await screen.findByRole('textbox', { name: 'Shape' })
    await screen.findByText('“type” cannot have this value.')
    editor.focus()
    await user.keyboard('{Control>}a{/Control}')
    await user.paste('{"type": "string",')
    await screen.findByText('Until the text can be read, the shape stays as it was.')
    expect(bridge.inputsOf('templates.keepDraft')).toEqual([])
    await user.keyboard('{Control>}a{/Control}')
    await user.paste('{"type": "string", "maxLength": 3}')
    await waitFor(() => expect(schema()).toEqual({ type: 'string', maxLength: 3 }))
  })

  it('is made of a sample answer', async () => {
    const { user, schema } = show({ answer: { format: 'json', schema: null } })
    await user.click(await screen.findByRole('button', { name: 'Make from a sample…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Shape from a sample answer' })
    const text = within(dialog).getByRole('textbox')
    text.focus()
    await user.paste('{"name": "Ann", ')
    await user.click(within(dialog).getByRole('button', { name: 'Make the shape' }))
    expect(within(dialog).getByText('This is not JSON. Check quotes, commas and brackets.')).toBeDefined()
    text.focus()
    await user.paste('"age": 3, "tags": ["a"]}')
    await user.click(within(dialog).getByRole('button', { name: 'Make the shape' }))
    await waitFor(() =>
      expect(schema()).toEqual({
        type: 'object',
        properties: {
          name: { type: 'string' },
          age: { type: 'integer' },
          tags: { type: 'array', items: { type: 'string' } },
        },
        required: ['name', 'age', 'tags'],
        additionalProperties: false,
      })
    )
  })

  it('says what it becomes in a world, and which field goes where', async () => {
    const { user, draft } = show({
      answer: { format: 'json', schema: person },
      becomes: { kind: 'character', fields: {} },
    })
    await user.type(await screen.findByRole('combobox', { name: 'Field of the answer for Description' }), 'age')
    await waitFor(() => expect(draft()?.becomes).toEqual({ kind: 'character', fields: { description: 'age' } }))
  })
})
