import { act, screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { CharacterFields, type CharacterEntry } from '@contract/entities/world'
import { WorldEntryId, WorldId } from '@contract/ids'
import { FilesDialogs } from '@renderer/features/files/FilesDialogs'
import * as textFiles from '@renderer/components/text-files'
import { useFilesDialog } from '@renderer/stores/files-dialog'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

const NOW = '2026-01-01T00:00:00.000Z'
const entry: CharacterEntry = {
  id: WorldEntryId.parse('01900000-0000-7000-8000-0000000000d1'),
  worldId: WorldId.parse('01900000-0000-7000-8000-0000000000b1'),
  kind: 'character',
  name: 'Mira',
  enabled: true,
  fields: CharacterFields.parse({}),
  extra: {},
  createdAt: NOW,
  updatedAt: NOW,
}

it('asks for the form and the lore of a character, and saves the file', async () => {
  const save = vi.spyOn(textFiles, 'downloadBytes').mockImplementation(() => undefined)
  const bridge = createInMemoryBridge({
    'worlds.entry': () => entry,
    'files.exportCharacter': () => ({ fileName: 'Mira.charx', data: btoa('PK') }),
  })
  const { user } = renderWith(bridge, <FilesDialogs />)
  const { worldId, id } = entry
  act(() => useFilesDialog.getState().exportFrom({ what: 'character', worldId, id }))
  await screen.findByText('Mira')
  await expectNoAxeViolations()
  await user.click(screen.getByRole('radio', { name: 'Archive (CHARX)' }))
  await user.click(screen.getByRole('radio', { name: 'All lore of its world' }))
  await user.click(screen.getByRole('button', { name: 'Save the file' }))
  await waitFor(() => expect(save).toHaveBeenCalledWith('Mira.charx', new Uint8Array([80, 75]), 'application/zip'))
  expect(bridge.inputsOf('files.exportCharacter')).toEqual([{ worldId, id, form: 'charx', lore: 'world' }])
  expect(useFilesDialog.getState().exporting).toBeNull()
})
