import { act, screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { Story } from '@contract/entities/story'
import { MessageId } from '@contract/ids'
import * as textFiles from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { presetId } from '@test/component/presets/fixtures'
import { expectNoAxeViolations } from '@test/component/render'
import { prepareDialogs, show } from './dialogs-fixtures'

prepareDialogs()

const NOW = '2026-01-01T00:00:00.000Z'
const story = Story.parse({
  id: '01900000-0000-7001-8000-000000000001',
  title: 'Fog',
  language: 'en',
  presetId: presetId(1),
  draft: '',
  archived: false,
  createdAt: NOW,
  updatedAt: NOW,
})
const branch = MessageId.parse('01900000-0000-7003-8000-000000000001')
const storyId = story.id

const handlers = {
  'stories.get': () => story,
  'files.textOutline': ({ branch: of }: { branch?: MessageId | undefined }) => ({
    chapters: of ? ['Storm'] : ['Arrival', 'The lamp'],
    branches: [{ id: branch, excerpt: 'Nobody *ever* came.', length: 3 }],
  }),
  'files.exportText': () => ({ fileName: 'Fog – The lamp.md', text: '# Fog' }),
  'files.exportBook': () => ({ fileName: 'Fog.epub', data: btoa('PK') }),
}
const open = () => act(() => useFilesDialog.getState().exportFrom({ what: 'text', storyId }))

it('saves a chapter of the branch that is shown, or of another one, and a whole story as a book', async () => {
  const text = vi.spyOn(textFiles, 'downloadText').mockReturnValue()
  const book = vi.spyOn(textFiles, 'downloadBytes').mockReturnValue()
  const { user, bridge } = show(handlers)
  open()
  await screen.findByText('Fog')
  await user.selectOptions(await screen.findByRole('combobox', { name: 'What to write' }), 'The lamp')
  await expectNoAxeViolations()
  const save = () => user.click(screen.getByRole('button', { name: 'Save the file' }))
  await save()
  await waitFor(() => expect(text).toHaveBeenCalledWith('Fog – The lamp.md', '# Fog', 'text/markdown'))
  await waitFor(() => expect(useFilesDialog.getState().exporting).toBeNull())

  open()
  await user.click(await screen.findByRole('radio', { name: 'Book (EPUB)' }))
  // A chapter of one branch is none of another.
  await user.selectOptions(await screen.findByRole('combobox', { name: 'What to write' }), 'The lamp')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Branch' }), 'Nobody ever came. · 3 passages')
  await screen.findByRole('option', { name: 'Storm' })
  await save()
  await waitFor(() => expect(book).toHaveBeenCalledWith('Fog.epub', new Uint8Array([80, 75]), 'application/epub+zip'))
  expect(bridge.inputsOf('files.exportText')).toEqual([{ storyId, form: 'markdown', chapter: 1 }])
  expect(bridge.inputsOf('files.exportBook')).toEqual([{ storyId, form: 'epub', branch }])
})

it('asks only for the form where there are neither chapters nor branches, and says what went wrong', async () => {
  const { user } = show({
    ...handlers,
    'files.textOutline': () => ({ chapters: [], branches: [] }),
    'files.exportText': () => {
      throw new Error('lost')
    },
  })
  open()
  await screen.findByText('Fog')
  await user.click(screen.getByRole('button', { name: 'Save the file' }))
  await screen.findByRole('alert')
  expect(screen.queryByRole('combobox')).toBeNull()
})
