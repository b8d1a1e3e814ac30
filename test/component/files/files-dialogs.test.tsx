import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FabulaError } from '@contract/errors'
import { LARGEST_UPLOAD, type ImportPlan, type ImportReport } from '@contract/routes/files'
import type { RouteInput } from '@contract/routes'
import type { Language } from '@contract/values'
import { DropTarget } from '@renderer/features/files/DropTarget'
import { FilesDialogs } from '@renderer/features/files/FilesDialogs'
import * as textFiles from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import {
  preset,
  presetHandlers,
  presetId,
  roles,
  router,
  sonnet,
  token,
  tokenId,
} from '@test/component/presets/fixtures'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

type Missing = ImportPlan['missing'][number]

const plan = (part: Partial<ImportPlan> = {}): ImportPlan => ({
  format: 'fabula',
  templates: [],
  items: [],
  missing: [],
  losses: [],
  needsModel: false,
  newWorld: null,
  ...part,
})
type Item = ImportPlan['items'][number]
const item = (name: string, conflict: Item['conflict'], part: Partial<Item> = {}): Item => ({
  key: `${part.kind ?? 'preset'}:${name}`,
  kind: 'preset',
  name,
  conflict,
  replaceable: conflict === 'different',
  address: null,
  headers: {},
  body: {},
  models: [],
  ...part,
})
const missing = (part: Partial<Missing>): Missing => ({
  key: 'token:router/Work',
  kind: 'token',
  name: 'Work',
  providerId: router.id,
  modelKind: null,
  usedBy: ['Noir'],
  ...part,
})
const report = (part: Partial<ImportReport> = {}): ImportReport => ({
  undoId: 'undo-1',
  presets: [{ id: presetId(1), name: 'Noir' }],
  modelConfigs: [],
  providers: [],
  characters: [],
  lore: 0,
  world: null,
  stories: [],
  replaced: 0,
  skipped: 0,
  dropped: [],
  ...part,
})

const textIn = (file: RouteInput<'files.preview'>): string | null => ('text' in file ? file.text : null)

function show(handlers: Handlers, language: Language = 'en') {
  const bridge = createInMemoryBridge({ ...presetHandlers([preset(1), preset(2)]).handlers, ...handlers })
  return { bridge, ...renderWith(bridge, <FilesDialogs />, language) }
}
const open = (text: string, name = 'noir.fabula.json') =>
  act(() => useFilesDialog.getState().importFiles([new File([text], name)]))
const lastImport = { undoId: 'undo-1', fileName: 'noir.fabula.json', files: 1, importedAt: '2026-01-01T00:00:00.000Z' }

// The model picker draws only the lines that fit.
beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(380)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(560)
})
afterEach(() => act(() => useFilesDialog.getState().close()))

describe('the import dialog', () => {
  it('shows what is new, the same and different, and sends the choice for each', async () => {
    const { user, bridge } = show({
      'files.preview': () =>
        plan({
          items: [item('Noir', null), item('Plain', 'same'), item('Saga', 'different'), item('Tale', 'different')],
        }),
      'files.import': () => report(),
      'files.lastImport': () => lastImport,
      'files.undo': () => ({}),
    })
    open('{"a":1}')
    const dialog = await screen.findByRole('dialog', { name: 'Import' })
    const presets = await within(dialog).findByRole('region', { name: 'Presets' })
    expect(within(presets).getByText('Noir').closest('ul')?.previousSibling?.textContent).toBe('New')
    expect(within(presets).getByText('Plain').previousSibling?.textContent).toBe('Here already')
    await user.selectOptions(
      within(presets).getByRole('combobox', { name: 'What to do with all of them' }),
      'Replace mine'
    )
    await user.selectOptions(within(presets).getByRole('combobox', { name: 'What to do with Tale' }), 'Skip')
    expect(within(presets).getByDisplayValue('Different for each')).toBeTruthy()
    await expectNoAxeViolations()
    await user.click(within(dialog).getByRole('button', { name: 'Import' }))
    expect(await screen.findByText('Imported: 1 preset')).toBeTruthy()
    expect(bridge.inputsOf('files.import')).toEqual([
      {
        files: [{ text: '{"a":1}', fileName: 'noir.fabula.json' }],
        choices: {
          conflicts: { 'preset:Saga': 'replace', 'preset:Tale': 'skip' },
          tokens: {},
          servers: {},
          models: {},
        },
      },
    ])
    expect(window.location.hash).toBe(`#/presets/${presetId(1)}`)
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: 'Undo the import' }))
    await waitFor(() => expect(bridge.inputsOf('files.undo')).toEqual([{ undoId: 'undo-1' }]))
    expect(await screen.findByText('The import is undone.')).toBeTruthy()
    await waitFor(() => expect(useFilesDialog.getState().files).toBeNull())
    expect(window.location.hash).toBe('#/presets')
  })

  it('lets keys and models here stand in for those that are not, and says what was left out', async () => {
    const { user, bridge } = show({
      'tokens.list': () => [token(1, 'home'), token(2, 'spare')],
      'files.preview': () =>
        plan({
          items: [item('Noir', null)],
          missing: [
            missing({}),
            missing({ key: 'model:far/far-1', kind: 'model', name: 'far-1', providerId: null, modelKind: 'chat' }),
            missing({ key: 'provider:far', kind: 'provider', name: 'far', providerId: null }),
          ],
        }),
      'files.import': () => report({ dropped: [{ item: 'Noir', kind: 'role', name: 'poet' }] }),
    })
    open('{}')
    await user.selectOptions(await screen.findByRole('combobox', { name: 'In the place of Work' }), 'spare')
    await user.click(screen.getByRole('button', { name: /^In the place of far-1/ }))
    await user.click(await screen.findByRole('option', { name: /sonnet/ }))
    expect(screen.getByText(/add the provider first/)).toBeTruthy()
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText('Imported: 1 preset')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Left out' }).textContent).toContain('Noir: role “poet”')
    expect(bridge.inputsOf('files.import')[0]?.choices).toMatchObject({
      tokens: { 'token:router/Work': tokenId(2) },
      models: { 'model:far/far-1': { providerId: router.id, model: sonnet.model } },
    })
  })

  it('asks for the model of a foreign preset, and then says again what is lost', async () => {
    const { user, bridge } = show({
      'files.preview': ({ model }) =>
        plan({
          format: 'sillytavern-text',
          items: [item('Big O', null)],
          needsModel: model === undefined,
          losses: [
            { field: 'tfs', value: '0.97', reason: 'unsupported' },
            ...(model ? [{ field: 'temp', value: '7', reason: 'invalid' as const }] : []),
          ],
        }),
      'files.import': () => report(),
    })
    open('{"temp":7}', 'Big O.json')
    expect(await screen.findByText(/names no model that is known here/)).toBeTruthy()
    const run = screen.getByRole<HTMLButtonElement>('button', { name: 'Import' })
    expect(run.disabled).toBe(true)
    await user.click(screen.getByRole('button', { name: /^Model/ }))
    await user.click(await screen.findByRole('option', { name: /sonnet/ }))
    expect(await screen.findByText('Not carried over: 2 fields')).toBeTruthy()
    expect(screen.getByText('tfs').nextSibling?.textContent).toBe('0.97')
    expect(screen.getByRole('region', { name: /does not take these values/ }).textContent).toContain('temp')
    await user.click(run)
    const model = { providerId: router.id, model: sonnet.model }
    await waitFor(() => expect(bridge.inputsOf('files.import')[0]?.choices).toMatchObject({ model }))
    expect(bridge.inputsOf('files.preview').map(({ model: asked }) => asked)).toEqual([undefined, model])
  })

  it('names the fault of a file that is refused, and offers to choose another', async () => {
    const other = new File(['{"good":true}'], 'good.json')
    vi.spyOn(textFiles, 'pickFiles').mockResolvedValue([other])
    const { user } = show({
      'files.preview': (asked) => {
        if (textIn(asked) === '{"good":true}') return plan({ items: [item('Good', null)] })
        throw new FabulaError('file_invalid', 'wrong', { details: { path: 'presets[0].name', reason: 'Too small' } })
      },
    })
    open('{"bad":true}')
    expect(await screen.findByText(/presets\[0\]\.name/)).toBeTruthy()
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: 'Choose other files' }))
    expect(await screen.findByText('Good')).toBeTruthy()
    expect(screen.getByText('good.json')).toBeTruthy()
  })

  it('does not read, and does not send, a file that is too large', async () => {
    const { bridge } = show({})
    const file = new File(['{}'], 'huge.json')
    Object.defineProperty(file, 'size', { value: LARGEST_UPLOAD + 1 })
    const read = vi.spyOn(file, 'arrayBuffer')
    act(() => useFilesDialog.getState().importFiles([file]))
    expect(await screen.findByText('The file is too large.')).toBeTruthy()
    expect(read).not.toHaveBeenCalled()
    expect(bridge.inputsOf('files.preview')).toEqual([])
  })

  it('keeps the choices when the import itself is refused', async () => {
    const { user } = show({
      'files.preview': () => plan({ items: [item('Saga', 'different')] }),
      'files.import': () => {
        throw new FabulaError('storage_full', 'full', { details: { folder: 'x' } })
      },
    })
    open('{}')
    await user.selectOptions(await screen.findByRole('combobox', { name: 'What to do with Saga' }), 'Replace mine')
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText('Nothing can be saved: the disk is full.')).toBeTruthy()
    expect(screen.getByDisplayValue('Replace mine')).toBeTruthy()
  })

  it('has nothing to do where all is here already, or skipped', async () => {
    const { user } = show({
      'files.preview': () => plan({ items: [item('Plain', 'same'), item('Saga', 'different')] }),
    })
    open('{}')
    const skip = await screen.findByRole('combobox', { name: 'What to do with Saga' })
    const run = screen.getByRole<HTMLButtonElement>('button', { name: 'Import' })
    expect(run.disabled).toBe(false)
    await user.selectOptions(skip, 'Skip')
    expect(run.disabled).toBe(true)
  })

  it('shows thousands of items in a few lines', async () => {
    const many = (count: number, conflict: 'different' | null, word: string) =>
      Array.from({ length: count }, (_, n) => item(`${word} ${n}`, conflict))
    show(
      { 'files.preview': () => plan({ items: [...many(5000, null, 'New'), ...many(5000, 'different', 'Old')] }) },
      'ru'
    )
    open('{}')
    expect(await screen.findByText('Все отличающиеся: 5000')).toBeTruthy()
    expect(screen.getAllByRole('combobox').length).toBeLessThan(110)
    expect(screen.getByText(/и ещё 4950/)).toBeTruthy()
  })
})

describe('what an import would bring', () => {
  it('is shown with addresses, headers and models, and nothing is offered that is always refused', async () => {
    const { user } = show({
      'files.preview': () =>
        plan({
          items: [
            item('Noir', null, {
              models: [
                { role: 'main', provider: 'Far', model: 'far-1' },
                { role: 'guard', provider: 'Far', model: 'far-1' },
              ],
            }),
            item('Fast', 'different', {
              kind: 'modelConfig',
              replaceable: false,
              models: [{ role: null, provider: 'Far', model: 'far-2' }],
            }),
            item('Slow', 'different', { kind: 'modelConfig' }),
            item('Far', null, {
              kind: 'provider',
              address: 'http://far.example/v1',
              headers: { 'X-Team': 'red' },
              body: { store: true },
            }),
          ],
        }),
    })
    open('{}')
    const dialog = await screen.findByRole('dialog', { name: 'Import' })
    const providers = await within(dialog).findByRole('region', { name: 'Providers' })
    expect(providers.textContent).toContain('Sends requests to http://far.example/v1')
    expect(providers.textContent).toContain('Header X-Team: red')
    expect(providers.textContent).toContain('Field store: true')
    const [main, guard] = ['main', 'guard'].map((id) => roles.find((role) => role.id === id)?.name.en)
    // The names of the roles may come after the plan.
    expect(await within(dialog).findByText(`${main}, ${guard}: Far · far-1`)).toBeTruthy()
    expect(within(dialog).getByText('Far · far-2')).toBeTruthy()
    const options = (name: string) =>
      within(within(dialog).getByRole('combobox', { name }))
        .getAllByRole('option')
        .map((one) => one.textContent)
    expect(options('What to do with Fast')).toEqual(['Keep both', 'Skip'])
    expect(options('What to do with Slow')).toEqual(['Keep both', 'Replace mine', 'Skip'])
    await user.selectOptions(
      within(dialog).getByRole('combobox', { name: 'What to do with all of them' }),
      'Replace mine'
    )
    expect(within(dialog).getByDisplayValue('Different for each')).toBeTruthy()
    expect(within(dialog).getByDisplayValue('Keep both')).toBeTruthy()
    await expectNoAxeViolations()
  })

  it('is read in the encoding that the file has, and says when that is an old one', async () => {
    const { bridge } = show({ 'files.preview': () => plan({ items: [item('Noir', null)] }) })
    const files = [
      // {"a":"да"} in Windows-1251, and the same in UTF-16 with a mark.
      new File([Uint8Array.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe4, 0xe0, 0x22, 0x7d])], 'old.json'),
      new File([Uint16Array.from('\ufeff{"a":"да"}', (letter) => letter.charCodeAt(0))], 'wide.json'),
      new File([Uint8Array.from([0x22, 0xd0, 0xb4, 0xd0, 0xb0, 0xd0, 0xd0, 0xb4, 0xd0, 0xb0, 0x22])], 'damaged.json'),
    ]
    act(() => useFilesDialog.getState().importFiles(files))
    expect(await screen.findByText('old.json (read as Windows-1251), wide.json')).toBeTruthy()
    expect(bridge.inputsOf('files.preview').map(textIn)).toEqual(['{"a":"да"}', '{"a":"да"}'])
    expect(screen.getByRole('region', { name: 'damaged.json' }).textContent).toContain(
      'It is not JSON, or it is damaged.'
    )
  })

  it('names a template for what it is, and that it cannot be used yet', async () => {
    show({ 'files.preview': () => plan({ format: 'sillytavern-templates', templates: ['instruct', 'sysprompt'] }) })
    open('{}', 'ChatML.json')
    const section = await screen.findByRole('region', { name: 'Templates' })
    expect(section.textContent).toContain(
      'ChatML.json: instruct template of SillyTavern and system prompt of SillyTavern'
    )
    expect(screen.queryByRole('region', { name: 'Model' })).toBeNull()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Import' }).disabled).toBe(true)
    await expectNoAxeViolations()
  })

  it('comes from several files at once, and a faulty one is named and left out', async () => {
    const { user, bridge } = show({
      'files.preview': ({ fileName, model, ...file }) => {
        if (fileName === 'bad.json') throw sentError('file_not_json', 'bad', {})
        if (fileName === 'ours.json') return plan({ items: [item('Ours', null)] })
        return plan({
          format: 'sillytavern-text',
          items: [item('text' in file ? file.text : '', null)],
          needsModel: model === undefined,
          losses: [{ field: 'tfs', value: '0.9', reason: 'unsupported' }],
        })
      },
      'files.import': () => report({ presets: [1, 2, 3].map((n) => ({ id: presetId(n), name: `${n}` })) }),
      'files.lastImport': () => lastImport,
    })
    const files = ['a.json', 'bad.json', 'ours.json', 'b.json'].map((name) => new File([name], name))
    act(() => useFilesDialog.getState().importFiles(files))
    const dialog = await screen.findByRole('dialog', { name: 'Import' })
    expect(await within(dialog).findByText('a.json, ours.json, b.json')).toBeTruthy()
    expect(within(dialog).getByRole('region', { name: 'bad.json' }).textContent).toContain('The file cannot be read.')
    expect(within(dialog).getByText('Not carried over: 2 fields')).toBeTruthy()
    await expectNoAxeViolations()
    await user.click(screen.getByRole('button', { name: /^Model/ }))
    await user.click(await screen.findByRole('option', { name: /sonnet/ }))
    const model = { providerId: router.id, model: sonnet.model }
    await waitFor(() => expect(bridge.inputsOf('files.preview').filter((one) => one.model)).toHaveLength(2))
    const run = screen.getByRole<HTMLButtonElement>('button', { name: 'Import' })
    await waitFor(() => expect(run.disabled).toBe(false))
    await user.click(run)
    expect(await screen.findByText('Imported: 3 presets')).toBeTruthy()
    expect(bridge.inputsOf('files.import')[0]).toMatchObject({
      files: [{ fileName: 'a.json' }, { fileName: 'ours.json' }, { fileName: 'b.json' }],
      choices: { model },
    })
  })
})

describe('the export dialog', () => {
  it('writes the preset it was opened from, others that are ticked, or everything', async () => {
    const download = vi.spyOn(textFiles, 'downloadText').mockReturnValue()
    const { user, bridge } = show({ 'files.export': () => ({ fileName: 'x.fabula.json', text: '{"a":1}' }) })
    act(() => useFilesDialog.getState().exportFrom({ what: 'presets', ids: [presetId(2)] }))
    await screen.findByRole('dialog', { name: 'Export to a file' })
    expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Preset 2' })).checked).toBe(true)
    expect(screen.getByText(/Keys never go into a file/)).toBeTruthy()
    await expectNoAxeViolations()
    await user.click(screen.getByRole('checkbox', { name: 'All (2)' }))
    await user.click(screen.getByRole('button', { name: 'Save the file' }))
    await waitFor(() => expect(download).toHaveBeenCalledExactlyOnceWith('x.fabula.json', '{"a":1}'))
    expect(useFilesDialog.getState().exporting).toBeNull()

    act(() => useFilesDialog.getState().exportFrom({ what: 'presets', ids: [] }))
    const save = await screen.findByRole<HTMLButtonElement>('button', { name: 'Save the file' })
    expect(save.disabled).toBe(true)
    await user.click(screen.getByRole('radio', { name: 'Everything' }))
    await user.click(save)
    await waitFor(() => expect(download).toHaveBeenCalledTimes(2))
    expect(bridge.inputsOf('files.export')).toEqual([
      { what: 'presets', ids: [presetId(1), presetId(2)] },
      { what: 'configuration' },
    ])
  })
})

describe('a file dropped on the window', () => {
  it('is taken in, and a dragged text is not', async () => {
    const bridge = createInMemoryBridge({})
    renderWith(bridge, <DropTarget />)
    const drag = (name: string, types: string[], files: File[] = []) => {
      const event = new Event(name, { cancelable: true })
      Object.assign(event, { dataTransfer: { types, files } })
      act(() => void window.dispatchEvent(event))
      return event
    }
    drag('dragenter', ['text/plain'])
    expect(screen.queryByText('Drop the files to import them')).toBeNull()
    drag('dragenter', ['Files'])
    drag('dragenter', ['Files'])
    drag('dragleave', ['Files'])
    expect(screen.getByText('Drop the files to import them')).toBeTruthy()
    expect(drag('dragover', ['Files']).defaultPrevented).toBe(true)
    const file = new File(['{}'], 'dropped.json')
    expect(drag('drop', ['Files'], [file]).defaultPrevented).toBe(true)
    expect(useFilesDialog.getState().files).toEqual([file])
    expect(screen.queryByText('Drop the files to import them')).toBeNull()
  })
})
