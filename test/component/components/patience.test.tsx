import { getConfig } from '@testing-library/react'
import { expect, it } from 'vitest'

it('a component test waits for what must come as long as any other test', () => {
  expect(getConfig().asyncUtilTimeout).toBeGreaterThanOrEqual(30_000)
})
