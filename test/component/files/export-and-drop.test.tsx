import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DropTarget } from '@renderer/features/files/DropTarget'
import * as textFiles from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { idOf, keptTemplates, template } from '@test/component/templates/made-templates'
import { presetId } from '@test/component/presets/fixtures'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { show, prepareDialogs } from './dialogs-fixtures'

prepareDialogs()

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

describe('the export of templates', () => {
  it('takes all their versions along, or only the one that is used', async () => {
    vi.spyOn(textFiles, 'downloadText').mockReturnValue()
    const { user, bridge } = show({
      ...keptTemplates([template(1, 'Template 1'), template(2, 'Template 2')]),
      'files.export': () => ({ fileName: 'x.fabula.json', text: '{}' }),
    })
    for (const versions of ['all', 'used']) {
      act(() => useFilesDialog.getState().exportFrom({ what: 'templates', ids: [idOf(2)] }))
      const whole = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'With all versions' })
      expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Template 2' })).checked).toBe(true)
      if (versions === 'used') await user.click(whole)
      await user.click(screen.getByRole('button', { name: 'Save the file' }))
      await waitFor(() => expect(useFilesDialog.getState().exporting).toBeNull())
    }
    expect(bridge.inputsOf('files.export')).toEqual([
      { what: 'templates', ids: [idOf(2)], versions: 'all' },
      { what: 'templates', ids: [idOf(2)], versions: 'used' },
    ])
  })
})

describe('a file dropped on the window', () => {
  beforeEach(() => act(() => useFilesDialog.getState().close()))

  it('is taken in, and a dragged text is not', async () => {
    const bridge = createInMemoryBridge({})
    renderWith(bridge, <DropTarget />)
    const drag = (name: string, types: string[], files: File[] = []) => {
      const event = new Event(name, { cancelable: true })
      Object.assign(event, { dataTransfer: { types, files, items: [] } })
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
    await waitFor(() => expect(useFilesDialog.getState().files).toEqual([file]))
    expect(screen.queryByText('Drop the files to import them')).toBeNull()
  })

  it('may be a folder: what can be imported is found in it, and what belongs to its tools is not looked into', async () => {
    const bridge = createInMemoryBridge({})
    renderWith(bridge, <DropTarget />)
    const drop = (folder: object) => {
      const event = new Event('drop', { cancelable: true })
      const items = [{ kind: 'file', webkitGetAsEntry: () => folder }]
      Object.assign(event, { dataTransfer: { types: ['Files'], files: [], items } })
      act(() => void window.dispatchEvent(event))
    }
    drop(
      folderOf('project', [
        fileOf('scene.j2', 'Go.'),
        fileOf('notes.txt', 'Buy milk.'),
        fileOf('.hidden.json', '{}'),
        fileOf('photo.webp', ''),
        folderOf('prompts', [fileOf('a.jinja', '{{ a }}'), fileOf('prose.txt', 'Go to {{ town }}.')]),
        folderOf('node_modules', [fileOf('package.json', '{}')]),
      ])
    )
    const names = () => useFilesDialog.getState().files?.map((file) => (file instanceof File ? file.name : null))
    await waitFor(() => expect(names()).toEqual(['a.jinja', 'prose.txt', 'scene.j2']))

    act(() => useFilesDialog.getState().close())
    drop(folderOf('empty', [fileOf('photo.webp', '')]))
    expect(await screen.findByText('There is nothing in this folder that Fabula can import.')).toBeTruthy()
    expect(names()).toBeUndefined()

    drop(
      folderOf(
        'many',
        Array.from({ length: 250 }, (_, at) => fileOf(`${at}.json`, '{}'))
      )
    )
    await waitFor(() => expect(names()).toHaveLength(200))
    expect(await screen.findByText(/^Only the first 200 files are shown/)).toBeTruthy()
  })
})

const fileOf = (name: string, text: string) => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (done: (file: File) => void) => done(new File([text], name)),
})
/** Gives its entries a hundred at a time, as a browser does. */
const folderOf = (name: string, entries: object[]) => ({
  name,
  isFile: false,
  isDirectory: true,
  createReader: () => {
    const left = [...entries]
    return { readEntries: (done: (some: object[]) => void) => done(left.splice(0, 100)) }
  },
})
