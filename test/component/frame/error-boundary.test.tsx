import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { ErrorBoundary } from '@renderer/app/ErrorBoundary'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'

function Broken(): never {
  throw new Error('the plot is missing')
}

test('a screen that fails becomes a page to read, with details to copy', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  renderWith(
    createInMemoryBridge({}),
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>
  )
  expect(screen.getByRole('heading', { name: 'This page crashed' })).toBeTruthy()
  expect(screen.getByText(/internal: Error: the plot is missing/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy details' })).toBeTruthy()
  await expectNoAxeViolations()
})
