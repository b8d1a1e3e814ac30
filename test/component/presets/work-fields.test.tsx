import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { RoleWork } from '@contract/entities/model-config'
import { WorkFields } from '@renderer/domain/role-form/WorkFields'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { renderWith } from '@test/component/render'

const shown = (own: RoleWork | undefined, onChange: (work: RoleWork | undefined) => void = () => {}) =>
  renderWith(
    createInMemoryBridge({}),
    <WorkFields
      fields={['cadence', 'everyTurns', 'rewrites']}
      own={own}
      base={null}
      here="Preset"
      onChange={onChange}
    />
  )

it('a role asks after how many turns only where it works every so many of them', () => {
  shown({ cadence: 'every', everyTurns: 3 })
  expect(screen.getByRole('group', { name: 'Every how many turns' })).toBeTruthy()
  expect(screen.getByRole('group', { name: 'Rewrites at most' })).toBeTruthy()
})

it('how often a role works can be chosen', async () => {
  const chosen: (RoleWork | undefined)[] = []
  const { user } = shown(undefined, (work) => chosen.push(work))
  expect(screen.queryByRole('group', { name: 'Every how many turns' })).toBeNull()
  await user.selectOptions(screen.getByRole('combobox', { name: 'How often it works' }), 'When I ask')
  await waitFor(() => expect(chosen).toEqual([{ cadence: 'demand' }]))
})
