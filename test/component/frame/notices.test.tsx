import { act, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { FabulaError } from '@contract/errors'
import { clearErrors, notifyError, notifyUndo } from '@renderer/components/notify'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { renderWith } from '@test/component/render'

test('an error goes with the screen it came from; what can be taken back stays', async () => {
  renderWith(createInMemoryBridge({}), null)
  act(() => {
    notifyError(new FabulaError('storage_full', 'No room'))
    notifyUndo({ text: 'Deleted', undo: () => {} })
  })
  expect(await screen.findByRole('button', { name: 'Copy details' })).toBeTruthy()
  act(() => clearErrors())
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Copy details' })).toBeNull())
  expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
})
