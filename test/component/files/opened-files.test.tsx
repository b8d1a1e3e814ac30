import { act, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { FabulaError, FileError } from '@contract/errors'
import { UploadId } from '@contract/ids'
import type { OpenedFile } from '@contract/routes/files'
import { FilesDialogs } from '@renderer/features/files/FilesDialogs'
import { OpenedFiles } from '@renderer/features/files/OpenedFiles'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { presetHandlers } from '@test/component/presets/fixtures'
import { renderWith } from '@test/component/render'
import { item, plan } from './dialogs-fixtures'

const uploadId = UploadId.parse('01a201fd-25e1-7269-a582-d7acd05a4fdc')

it('opens the import with what the system opened, before the window was there and later', async () => {
  const waiting: OpenedFile[][] = [[], [{ fileName: 'noir.fabula.json', uploadId }]]
  const bridge = createInMemoryBridge({
    ...presetHandlers([]).handlers,
    'files.takeOpened': () => waiting.shift() ?? [],
    'files.preview': () => plan({ items: [item('Noir', null)] }),
    'files.dropUploads': () => ({}),
    'files.lastImport': () => null,
  })
  renderWith(
    bridge,
    <>
      <FilesDialogs />
      <OpenedFiles />
    </>
  )
  await waitFor(() => expect(bridge.inputsOf('files.takeOpened')).toHaveLength(1))
  expect(screen.queryByRole('dialog')).toBeNull()

  act(() => bridge.emit({ name: 'files.opened', payload: {} }))
  expect(await screen.findByText('noir.fabula.json')).toBeTruthy()
  expect(bridge.inputsOf('files.preview')).toEqual([
    expect.objectContaining({ uploadId, fileName: 'noir.fabula.json' }),
  ])
  expect(bridge.inputsOf('files.upload')).toEqual([])

  const problem = new FabulaError(FileError.Unreadable, 'gone').toShape()
  waiting.push([{ fileName: 'gone.fabula.json', problem }])
  act(() => bridge.emit({ name: 'files.opened', payload: {} }))
  expect(await screen.findByText('The file cannot be opened.')).toBeTruthy()
  expect(screen.getByText('gone.fabula.json')).toBeTruthy()
})
