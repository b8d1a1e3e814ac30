import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { TemplateContent } from '@contract/entities/template'
import { WorldId, WorldEntryId } from '@contract/ids'
import { textOf } from '@contract/json'
import { UseTab } from '@renderer/features/templates/use/UseTab'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { listed, model } from '@test/component/sample-data'
import { askedTwice, endGeneration, generation, generationId, keptGenerations, oneTry } from './made-generations'
import { content, idOf, keptTemplates, template, textVariable } from './made-templates'

const NOW = '2026-01-02T03:04:05.000Z'
const worldId = WorldId.parse(idOf(70))
const said = content({
  user: 'Make a character: {{ line }}',
  variables: [textVariable('line', { label: 'In a line' })],
  answer: { format: 'json', schema: { type: 'object' } },
  becomes: { kind: 'character', fields: {} },
})

const preview: Handlers = {
  'templates.preview': ({ inputs }) => ({
    messages: [{ role: 'user', content: `Make a character: ${textOf(inputs['line'] ?? '')}` }],
    tokens: 612,
    window: 8000,
    provider: 'Demo',
    model: 'demo-1',
    inputs: inputs['line'] === '' ? [{ name: 'line', kind: 'missing', limit: null }] : [],
    problems: [],
  }),
}

function show(
  handlers: Handlers = {},
  part: Partial<Parameters<typeof template>[2]> = {},
  language: 'en' | 'ru' = 'en'
) {
  const one = template(1, 'Character', { version: 4, content: said, ...part })
  const bridge = createInMemoryBridge({
    ...keptTemplates([one]),
    ...keptGenerations([]),
    ...preview,
    'templates.version': ({ number }) => ({
      number,
      name: '',
      note: '',
      generations: 0,
      createdAt: NOW,
      content: one.content,
    }),
    'stories.list': () => [],
    'worlds.list': () => [
      {
        id: worldId,
        name: 'Salt Coast',
        description: '',
        entries: { character: 0, place: 0, persona: 0, lore: 0 },
        stories: 1,
        updatedAt: NOW,
      },
    ],
    ...handlers,
  })
  return { bridge, ...renderWith(bridge, <UseTab template={one} />, language) }
}

beforeEach(() => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:1')
})

describe('The tab that uses a template', () => {
  it('goes on with the answer that is being written when it is read anew amid it, and counts its tries right', async () => {
    const early = { ...oneTry({ answer: '\n{"name": "Osr' }), reasoning: '' }
    const running = generation(90, { state: 'running', tries: [early], text: '{"name": "Osr', value: null })
    const { user, bridge } = show(keptGenerations([], running))
    await user.type(await screen.findByRole('textbox', { name: /In a line/ }), 'A ferryman')
    await user.click(screen.getByRole('button', { name: 'Generate' }))
    const card = await screen.findByRole('article')
    await within(card).findByText('Osr')
    expect(within(card).getByRole('status').textContent).toBe('writing')
    const read = bridge.inputsOf('generations.get').length
    bridge.emit({
      name: 'generation.delta',
      payload: { id: running.id, try: 0, offset: early.answer.length, text: 'ic"', kind: 'text' },
    })
    await within(card).findByText('Osric')
    expect(bridge.inputsOf('generations.get')).toHaveLength(read)
  })

  it('says what is missing only when it is asked to generate, and takes the writer there', async () => {
    const { user, bridge } = show()
    const field = await screen.findByRole('textbox', { name: /In a line/ })
    expect(screen.queryByText('Fill this in')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Generate' }))
    await screen.findByText('Fill this in')
    expect(document.activeElement).toBe(field)
    expect(bridge.inputsOf('generations.start')).toEqual([])
  })

  it('shows what will be sent with the values in it, generates with Ctrl+Enter and shows fields as they come', async () => {
    // As main has it: the try that is being written is the last one.
    const first = oneTry({ answer: '', totalMs: 0, cost: null })
    const running = generation(90, { state: 'running', tries: [first], text: '', value: null, totalMs: 0, cost: null })
    const { user, bridge } = show(keptGenerations([], running))
    await user.type(await screen.findByRole('textbox', { name: /In a line/ }), 'A ferryman')
    await user.click(screen.getByRole('button', { name: /What the model will be sent/ }))
    await screen.findByText('612 tokens · demo-1')
    expect((await screen.findByText('A ferryman', { selector: 'span' })).className).not.toBe('')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() =>
      expect(bridge.inputsOf('generations.start')).toMatchObject([{ inputs: { line: 'A ferryman' }, storyId: null }])
    )
    const card = await screen.findByRole('article')
    expect(within(card).getByRole('status').textContent).toBe('writing')
    const delta = (offset: number, text: string) =>
      bridge.emit({
        name: 'generation.delta',
        payload: { id: running.id, try: 0, offset, text, kind: 'text' },
      })
    delta(0, '{"name": "Osr')
    await within(card).findByText('Osr')
    delta(13, 'ic", "aliases": ["the Ferry')
    await within(card).findByText('Osric')
    await within(card).findByText('the Ferry')
    endGeneration(bridge, generation(90, { tries: askedTwice() }))
    await within(card).findByText('fits the shape, second try')
    expect(within(card).getByText('58')).toBeDefined()
    expect(
      within(card).getByText(
        'First try: age was “late fifties”, not a whole number; it was asked again with that error.'
      )
    ).toBeDefined()
    expect(within(card).getByText(/^demo-1 · 1,204 tokens · \$0.009 · 6.2 s · version 4 · seed 7$/)).toBeDefined()
    await expectNoAxeViolations()
    await user.click(within(card).getByRole('button', { name: 'All 2 answers' }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByText('{"name":"Osric","age":"late fifties"}')).toBeDefined()
    expect(within(dialog).getByText('age was “late fifties”, not a whole number')).toBeDefined()
  })

  it('asks main for text that was missed', async () => {
    const asFar = (answer: string) =>
      generation(90, { state: 'running', tries: [oneTry({ answer })], text: answer, value: null })
    const running = asFar('{"name":"Os')
    const { bridge } = show(keptGenerations([running]))
    const card = await screen.findByRole('article')
    await within(card).findByText('Os')
    bridge.answer({ 'generations.get': () => asFar('{"name":"Osric","want":"to be') })
    bridge.emit({
      name: 'generation.delta',
      payload: { id: running.id, try: 0, offset: 20, text: 'x', kind: 'text' },
    })
    expect(await within(card).findByText('to be')).toBeDefined()
  })

  it('sends what was made to a world, says what it became, and takes it back', async () => {
    const entry = WorldEntryId.parse(idOf(71))
    const deleted: unknown[] = []
    const { user, bridge } = show({
      ...keptGenerations([generation(1)]),
      'generations.becomes': () => ({
        worldId,
        made: false,
        entries: [{ id: entry, kind: 'character', name: 'Osric' }],
      }),
      'worlds.deleteEntries': (input) => {
        deleted.push(input)
        return {}
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Send to Salt Coast' }))
    expect(bridge.inputsOf('generations.becomes')).toEqual([{ id: generationId(1), worldId, language: 'en' }])
    const link = await screen.findByRole('link', { name: 'Osric' })
    expect(link.getAttribute('href')).toBe(`#/worlds/${worldId}/character/${entry}`)
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(deleted).toEqual([{ worldId, ids: [entry] }]))
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Osric' })).toBeNull())
  })

  it('changes an answer by fields of their types', async () => {
    const { user, bridge } = show(keptGenerations([generation(1, { value: { name: 'Osric', age: 58, kin: ['Ann'] } })]))
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    const age = screen.getByRole('textbox', { name: 'age' })
    await user.clear(age)
    await user.type(age, '60')
    await user.type(screen.getByLabelText('kin', { selector: 'input' }), 'Bo{Enter}')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() =>
      expect(bridge.inputsOf('generations.edit')).toEqual([
        { id: generationId(1), value: { name: 'Osric', age: 60, kin: ['Ann', 'Bo'] } },
      ])
    )
  })

  it('runs again with the same seed in its place, and on another model beside it', async () => {
    const { user, bridge } = show({
      ...keptGenerations([generation(1)]),
      'models.list': listed([model()]),
      'models.states': () => [],
      'servers.list': () => [],
      'providers.list': () => [],
    })
    await user.click(await screen.findByRole('button', { name: 'Again' }))
    await user.click(await screen.findByRole('menuitem', { name: 'With the same seed, 7' }))
    await waitFor(() => expect(bridge.inputsOf('generations.again')).toEqual([{ id: generationId(1) }]))
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(1))
    await user.click(screen.getByRole('button', { name: 'On another model' }))
    expect(await screen.findByRole('combobox', { name: /Search/ })).toBeDefined()
  })

  it.each([
    ['en', 'does not fit the shape', 'First try: the answer ended in the middle.'],
    ['ru', 'не подходит под форму', 'На первой попытке ответ оборвался на середине.'],
  ] as const)('shows an answer that could not be read as it came (%s)', async (language, state, note) => {
    const broken = { path: '', keyword: 'cut_off' as const, expected: { line: 1 }, got: null, message: 'cut' }
    const one = generation(1, {
      state: 'invalid',
      text: '{"name":',
      value: null,
      tries: [oneTry({ answer: '{"name":', problems: [broken] })],
    })
    show(keptGenerations([one]), {}, language)
    await screen.findByText('{"name":')
    expect(screen.getByText(state)).toBeDefined()
    expect(screen.getByText(note)).toBeDefined()
    await expectNoAxeViolations()
  })

  it('shows a table of rows, and text as prose', async () => {
    const rows = Array.from({ length: 120 }, (_, at) => ({ name: `Name ${at}`, age: at }))
    const table = generation(1, { format: 'csv', value: rows, text: 'name,age', schema: null })
    const { unmount, user } = show(keptGenerations([table]))
    expect(await screen.findByRole('columnheader', { name: 'age' })).toBeDefined()
    expect(screen.getAllByRole('row')).toHaveLength(101)
    await user.click(screen.getByRole('button', { name: 'Show 20 more rows' }))
    expect(screen.getAllByRole('row')).toHaveLength(121)
    unmount()
    const text: Partial<TemplateContent> = { answer: { format: 'text' }, becomes: null }
    show(keptGenerations([generation(1, { format: 'text', value: null, text: 'Three coins.', schema: null })]), {
      content: { ...said, ...text },
    })
    expect((await screen.findByText('Three coins.')).tagName).toBe('P')
    expect(screen.queryByRole('button', { name: /Send to/ })).toBeNull()
  })

  it('says that a draft is not what is used', async () => {
    show({}, { draft: content({ user: 'Other.' }) })
    expect(await screen.findByText(/changes that are in no version\. Version 4 is used\./)).toBeDefined()
    expect(screen.getByText('Fill in the form and press Generate: the result appears here.')).toBeDefined()
  })
})
