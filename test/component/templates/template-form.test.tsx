import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useEffect, useState } from 'react'
import { describe, expect, it } from 'vitest'
import type { InputProblem, InputValues, InputVariable } from '@contract/entities/template'
import type { Language } from '@contract/values'
import { TemplateForm } from '@renderer/domain/template-form/TemplateForm'
import { formValues, linesOf } from '@renderer/domain/template-form/input-values'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

const asked = { help: '', required: false, sample: null }
const free = { least: null, most: null }
const variables: InputVariable[] = [
  { ...asked, ...free, name: 'line', label: 'In a line', type: 'text', default: '', pattern: null, required: true },
  { ...asked, ...free, name: 'long_past', label: '', type: 'longText', default: '', help: 'As long as you like.' },
  { ...asked, ...free, name: 'age', label: 'Age', type: 'number', default: 58, whole: false },
  { ...asked, name: 'alive', label: 'Alive', type: 'boolean', default: true },
  { ...asked, name: 'temper', label: 'Temper', type: 'select', options: ['wry', 'tender'], default: null },
  {
    ...asked,
    name: 'city',
    label: 'City',
    type: 'select',
    options: Array.from({ length: 7 }, (_, at) => `City ${at}`),
    default: null,
  },
  {
    ...asked,
    ...free,
    name: 'traits',
    label: 'Traits',
    type: 'multiSelect',
    options: ['proud', 'vain', 'shy'],
    default: [],
  },
  { ...asked, ...free, name: 'avoid', label: 'Must not be like', type: 'list', default: [] },
  { ...asked, name: 'notes', label: 'Notes', type: 'file', most: null },
]

let values: InputValues = {}

function Form({ problems, selection }: { problems: InputProblem[]; selection: string }) {
  const [current, setCurrent] = useState(() => formValues(variables, {}, null))
  useEffect(() => {
    values = current
  }, [current])
  return (
    <TemplateForm
      variables={variables}
      values={current}
      problems={problems}
      selection={selection}
      onChange={(name, value) => setCurrent((before) => ({ ...before, [name]: value }))}
    />
  )
}

const show = ({
  problems = [],
  selection = '',
  language = 'en',
}: { problems?: InputProblem[]; selection?: string; language?: Language } = {}) =>
  renderWith(createInMemoryBridge({}), <Form problems={problems} selection={selection} />, language)

describe('the form of a template', () => {
  it('asks for each type with its own field and begins with the defaults', async () => {
    const { user } = show()
    expect(values).toEqual({
      line: '',
      long_past: '',
      age: 58,
      alive: true,
      temper: null,
      city: null,
      traits: [],
      avoid: [],
      notes: null,
    })
    await user.type(screen.getByRole('textbox', { name: /In a line/ }), 'Ann')
    await user.type(screen.getByRole('textbox', { name: 'Long past' }), 'a{Enter}b')
    const age = screen.getByRole('textbox', { name: 'Age' })
    await user.clear(age)
    await user.type(age, '5.5')
    await user.click(screen.getByRole('switch', { name: 'Alive' }))
    await user.click(within(screen.getByRole('group', { name: 'Temper' })).getByRole('checkbox', { name: 'wry' }))
    await user.click(screen.getByRole('checkbox', { name: 'shy' }))
    await user.click(screen.getByRole('checkbox', { name: 'proud' }))
    await user.type(screen.getByLabelText('City', { selector: 'input' }), 'City 3{Enter}')
    await user.type(screen.getByLabelText('Must not be like', { selector: 'input' }), 'Bo{Enter}')
    expect(values).toMatchObject({
      line: 'Ann',
      long_past: 'a\nb',
      age: 5.5,
      alive: false,
      temper: 'wry',
      traits: ['proud', 'shy'],
      city: 'City 3',
      avoid: ['Bo'],
    })
    // What need not be chosen can be taken back.
    await user.click(screen.getByRole('checkbox', { name: 'wry' }))
    expect(values).toMatchObject({ temper: null })
    await expectNoAxeViolations()
  })

  it('makes items of pasted lines', async () => {
    const { user } = show()
    const field = screen.getByLabelText('Must not be like', { selector: 'input' })
    await user.click(field)
    await user.paste('- Brannock\r\n2. The Widow\n\n   Old Count')
    expect(values).toMatchObject({ avoid: ['Brannock', 'The Widow', 'Old Count'] })
    expect(linesOf('1984 was a year\n-5')).toEqual(['1984 was a year', '-5'])
  })

  it('takes a text file that is dropped, in the encoding of old programs too, and lets it be removed', async () => {
    const { user } = show()
    const group = screen.getByRole('group', { name: 'Notes' })
    const zone = within(group).getByText('Drop a text file here')
    fireEvent.drop(zone, {
      dataTransfer: { files: [new File([new Uint8Array([0xcf, 0xf0, 0xe8])], 'notes.txt')], types: ['Files'] },
    })
    expect(await screen.findByText('notes.txt')).toBeDefined()
    expect(values).toMatchObject({ notes: { name: 'notes.txt', text: 'При' } })
    expect(within(group).getByText('3 characters')).toBeDefined()
    await user.click(within(group).getByRole('button', { name: 'Notes: remove the file' }))
    expect(values).toMatchObject({ notes: null })
    expect(document.activeElement?.textContent).toBe('Choose a file')
  })

  it('says why a file is not taken, and keeps what was there', async () => {
    show()
    const group = screen.getByRole('group', { name: 'Notes' })
    const drop = (file: File) =>
      fireEvent.drop(within(group).getByText(/Drop a text file|notes/), {
        dataTransfer: { files: [file], types: ['Files'] },
      })
    drop(new File([new Uint8Array([0x89, 0x50, 0, 0, 0, 1])], 'face.png'))
    expect(await screen.findByText(/“face.png” is not a text file/)).toBeDefined()
    drop(new File(['x'.repeat(200_001)], 'book.txt'))
    expect(await screen.findByText(/“book.txt” is longer than 200,000 characters/)).toBeDefined()
    expect(values).toMatchObject({ notes: null })
  })

  it('takes a text from a file or from what is selected in the story, on one line where the field has one', async () => {
    const { user } = show({ selection: 'The ferry\n  waits.' })
    await user.click(screen.getByRole('button', { name: 'In a line: take what is selected in the story' }))
    await user.click(screen.getByRole('button', { name: 'Long past: take what is selected in the story' }))
    expect(values).toMatchObject({ line: 'The ferry waits.', long_past: 'The ferry\n  waits.' })
    fireEvent.drop(screen.getByRole('textbox', { name: 'Long past' }), {
      dataTransfer: { files: [new File(['From a file'], 'past.md')], types: ['Files'] },
    })
    await waitFor(() => expect(values).toMatchObject({ long_past: 'From a file' }))
  })

  it.each([
    [
      'en',
      [
        'Fill this in',
        'At most 5 characters fit',
        'The largest value is 90',
        'Enter a whole number',
        'Choose something here',
      ],
    ],
    [
      'ru',
      [
        'Заполните это поле',
        'Не больше 5 знаков',
        'Наибольшее значение — 90',
        'Введите целое число',
        'Выберите что-нибудь',
      ],
    ],
  ] as const)('says beside each field what is wrong with it (%s)', async (language, texts) => {
    const problems: InputProblem[] = [
      { name: 'line', kind: 'missing', limit: null },
      { name: 'long_past', kind: 'too_long', limit: 5 },
      { name: 'age', kind: 'too_big', limit: 90 },
      { name: 'temper', kind: 'missing', limit: null },
      { name: 'notes', kind: 'missing', limit: null },
    ]
    const { unmount } = show({ problems, language })
    expect(screen.getByRole('textbox', { name: /In a line/ }).getAttribute('aria-describedby')).toBe(
      screen.getByText(texts[0]).id
    )
    expect(screen.getByText(texts[1])).toBeDefined()
    expect(screen.getByText(texts[2])).toBeDefined()
    expect(screen.getAllByText(texts[4])).toHaveLength(2)
    await expectNoAxeViolations()
    unmount()
    show({ problems: [{ name: 'age', kind: 'not_whole', limit: null }], language })
    expect(screen.getByText(texts[3])).toBeDefined()
  })

  it('begins with the last values as far as they still are what is asked for', () => {
    const last = { line: 'Before', age: 'late fifties', temper: 'wild', traits: ['shy'], gone: 1, avoid: ['A'] }
    expect(formValues(variables, { avoid: ['B'] }, last)).toMatchObject({
      line: 'Before',
      age: 58,
      temper: null,
      traits: ['shy'],
      avoid: ['B'],
    })
    expect(formValues(variables, {}, last)).not.toHaveProperty('gone')
  })
})
