import { act, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { DropTarget } from '@renderer/features/files/DropTarget'
import * as textFiles from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
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
