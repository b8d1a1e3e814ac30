import { act, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { expectNoAxeViolations } from '@test/component/render'
import { item, openFile, plan, prepareDialogs, report, show } from './dialogs-fixtures'

prepareDialogs()

it('shows the chapters that were found in a text, and asks where its passages end', async () => {
  const { user, bridge } = show({
    'files.preview': ({ passages }) =>
      plan({
        format: 'text',
        items: [
          item('Fog', null, {
            kind: 'story',
            chapters: ['Arrival', 'The lamp'],
            holds: { chapters: 2, passages: passages === 'paragraph' ? 90 : 7 },
          }),
        ],
      }),
    'files.import': () => report({ presets: [] }),
  })
  openFile('# Fog', 'fog.md')
  const stories = await screen.findByRole('region', { name: 'Stories' })
  expect(stories.textContent).toContain('2 chapters · 7 passages')
  expect(stories.textContent).toContain('Arrival · The lamp')
  await expectNoAxeViolations()
  await user.selectOptions(screen.getByRole('combobox', { name: 'Passages' }), 'One for each paragraph')
  await within(stories).findByText('2 chapters · 90 passages')
  await user.click(screen.getByRole('button', { name: 'Import' }))
  await waitFor(() => expect(bridge.inputsOf('files.import')).toHaveLength(1))
  expect(bridge.inputsOf('files.import')[0]?.choices?.passages).toBe('paragraph')
})

it('does not even read documents of other programs', async () => {
  show({})
  act(() => useFilesDialog.getState().importFiles([new File(['{\\rtf1}'], 'novel.rtf')]))
  const fault = await screen.findByRole('region', { name: 'novel.rtf' })
  expect(fault.textContent).toContain('Save a document of another kind (DOC, RTF, ODT, PDF) as DOCX first.')
})
