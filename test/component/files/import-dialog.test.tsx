import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FabulaError } from '@contract/errors'
import { LARGEST_UPLOAD, type ImportReport } from '@contract/routes/files'
import * as textFiles from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { presetId, router, sonnet, token, tokenId } from '@test/component/presets/fixtures'
import { sentError } from '@test/helpers/sent-error'
import { expectNoAxeViolations } from '@test/component/render'
import { plan, item, missing, report, textIn, show, openFile, lastImport, prepareDialogs } from './dialogs-fixtures'

prepareDialogs()

describe('the import dialog', () => {
  it('shows what is new, the same and different, and sends the choice for each', async () => {
    const { user, bridge } = show({
      'files.preview': () =>
        plan({
          items: [item('Noir', null), item('Plain', 'same'), item('Saga', 'different'), item('Tale', 'different')],
        }),
      'files.import': () => report(),
      'files.lastImport': () => lastImport,
      'files.undo': () => {
        bridge.answer({
          'presets.get': () => {
            throw new FabulaError('not_found', 'There is no such preset', { details: { path: 'id' } })
          },
        })
        return {}
      },
    })
    openFile('{"a":1}')
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
          language: 'en',
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

  it('says what is otherwise here than in the file, before and after', async () => {
    const changes: ImportReport['changes'] = [
      { kind: 'role', item: 'Odd', name: 'seer' },
      { kind: 'variable', item: 'Odd', name: 'places', now: 'places_2' },
    ]
    const items = [item('Odd', null, { kind: 'template' })]
    const { user } = show({
      'files.preview': () => plan({ items, changes }),
      'files.import': () => report({ changes }),
    })
    openFile('{}')
    const said = [
      'Odd: the role “seer” is not known here, so the Writer’s model answers. You can choose another in the template.',
      'Odd: the variable “places” is now called “places_2”, because “places” already means something in every template.',
    ]
    const lines = async () => {
      const part = await screen.findByRole('region', { name: 'Changes on import' })
      return within(part)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent)
    }
    expect(await lines()).toEqual(said)
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await screen.findByText(/^Imported/)
    expect(await lines()).toEqual(said)
    await expectNoAxeViolations()
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
    openFile('{}')
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Instead of Work' }), 'spare')
    await user.click(screen.getByRole('button', { name: /^Instead of far-1/ }))
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
    openFile('{"temp":7}', 'Big O.json')
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
    openFile('{"bad":true}')
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
    openFile('{}')
    await user.selectOptions(await screen.findByRole('combobox', { name: 'What to do with Saga' }), 'Replace mine')
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText('Nothing can be saved: the disk is full.')).toBeTruthy()
    expect(screen.getByDisplayValue('Replace mine')).toBeTruthy()
  })

  it('can be stopped while it writes, and goes on when it is closed', async () => {
    const ended: ((answer: ImportReport | Error) => void)[] = []
    const { user, bridge } = show({
      'files.preview': () => plan({ items: [item('Saga', null)] }),
      'files.import': () =>
        new Promise<ImportReport>((resolve, reject) =>
          ended.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)))
        ),
      'files.stopImport': () => {
        ended.shift()?.(sentError('import_stopped', 'stopped', {}))
        return {}
      },
      'files.lastImport': () => lastImport,
    })
    openFile('{}')
    await user.click(await screen.findByRole('button', { name: 'Import' }))
    act(() => bridge.emit({ name: 'files.progress', payload: { done: 10, total: 3000 } }))
    expect(screen.getByText('You can close this window: the import goes on.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await user.click(await screen.findByRole('button', { name: 'Import' }))
    await screen.findByRole('button', { name: 'Stop' })
    const before = window.location.hash
    act(() => useFilesDialog.getState().close())
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    act(() => ended.shift()?.(report()))
    expect(await screen.findByText('Imported: 1 preset')).toBeTruthy()
    expect(window.location.hash).toBe(before)
  })

  it('has nothing to do where all is here already, or skipped', async () => {
    const { user } = show({
      'files.preview': () => plan({ items: [item('Plain', 'same'), item('Saga', 'different')] }),
    })
    openFile('{}')
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
    openFile('{}')
    expect(await screen.findByText('Все отличающиеся: 5000')).toBeTruthy()
    expect(screen.getAllByRole('combobox').length).toBeLessThan(110)
    expect(screen.getByText(/и ещё 4950/)).toBeTruthy()
  })
})
