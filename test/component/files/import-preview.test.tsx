import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { sentError } from '@test/helpers/sent-error'
import { presetId, roles, router, sonnet } from '@test/component/presets/fixtures'
import { expectNoAxeViolations } from '@test/component/render'
import { plan, item, report, textIn, show, openFile, lastImport, prepareDialogs } from './dialogs-fixtures'

prepareDialogs()

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
    openFile('{}')
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

  it('lets a prompt come into a preset that is here, and names what was taken out of it', async () => {
    const { user, bridge } = show({
      'files.preview': ({ preset: into }) =>
        plan({
          format: 'sillytavern-templates',
          items: [item('Roleplay', into === presetId(2) ? 'same' : null, { kind: 'prompt' })],
          losses: [{ field: '{{date}}', value: '', reason: 'placeholder' }],
        }),
      'files.import': () => report(),
      'files.lastImport': () => lastImport,
    })
    openFile('{}', 'rp.json')
    const into = await screen.findByRole('combobox', { name: 'Preset for the prompt' })
    expect(await within(into).findByRole('option', { name: /^New preset, a copy of “.+”$/ })).toBeTruthy()
    expect(screen.getByRole('region', { name: /taken out of the prompt/ }).textContent).toContain('{{date}}')
    await expectNoAxeViolations()
    const run = screen.getByRole<HTMLButtonElement>('button', { name: 'Import' })
    await user.selectOptions(into, presetId(2))
    await waitFor(() => expect(run.disabled).toBe(true))
    await user.selectOptions(into, '')
    await waitFor(() => expect(run.disabled).toBe(false))
    await user.selectOptions(into, presetId(1))
    await user.click(run)
    await waitFor(() => expect(bridge.inputsOf('files.import')[0]?.choices).toMatchObject({ preset: presetId(1) }))
  })

  it('names a template for what it is, and says that it is not needed', async () => {
    show({ 'files.preview': () => plan({ format: 'sillytavern-templates', templates: ['instruct', 'reasoning'] }) })
    openFile('{}', 'ChatML.json')
    const section = await screen.findByRole('region', { name: 'Not imported' })
    expect(section.textContent).toContain(
      'ChatML.json: instruct template of SillyTavern and reasoning template of SillyTavern'
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
