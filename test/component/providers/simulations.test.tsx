import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Simulation } from '@contract/entities/usage'
import { SimulationBanner } from '@renderer/app/SimulationBanner'
import { ProvidersScreen } from '@renderer/features/providers/ProvidersScreen'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, model, openRouter, token } from '@test/component/sample-data'

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(700)
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(700)
})

/** Main, as far as simulations go: one for each target, until it is ended. */
function show() {
  let running: Simulation[] = []
  const bridge = createInMemoryBridge({
    ...emptyApp,
    'tokens.list': () => [token()],
    'models.list': () => [model()],
    'simulations.list': () => running,
  })
  bridge.answer({
    'simulations.set': ({ target, failure }) => {
      const others = running.filter((each) => JSON.stringify(each.target) !== JSON.stringify(target))
      running = failure === null ? others : [...others, { target, failure }]
      bridge.changed('simulations')
      return running
    },
  })
  return {
    bridge,
    ...renderWith(
      bridge,
      <>
        <SimulationBanner />
        <ProvidersScreen providerId={openRouter.id} />
      </>
    ),
  }
}

test('a failure of a key is simulated from its menu, marked at the key, said above all screens, and ended there', async () => {
  const { user, bridge } = show()
  await user.click(await screen.findByRole('button', { name: 'More for key home' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Simulate a failure…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Simulate a failure' })
  await user.click(within(dialog).getByRole('radio', { name: 'too many requests' }))
  await expectNoAxeViolations()
  await user.click(within(dialog).getByRole('button', { name: 'Simulate' }))
  expect(await screen.findByText('simulated: too many requests')).toBeTruthy()
  expect(await screen.findByText('A failure is simulated: key home, too many requests.')).toBeTruthy()
  expect(bridge.inputsOf('simulations.set')).toEqual([
    { target: { kind: 'token', tokenId: token().id }, failure: 'provider_rate_limited' },
  ])
  await user.click(screen.getByRole('button', { name: 'End' }))
  await waitFor(() => expect(screen.queryByText(/simulated/)).toBeNull())
})

test('a failure of a model is simulated and ended from its menu', async () => {
  const { user, bridge } = show()
  const target = { kind: 'model', providerId: openRouter.id, model: 'anthropic/claude' }
  await user.click(await screen.findByRole('button', { name: 'More for model Claude' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Simulate a failure…' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Simulate' }))
  expect(await screen.findByText('simulated: overloaded')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'More for model Claude' }))
  await user.click(await screen.findByRole('menuitem', { name: 'End the simulation' }))
  await waitFor(() => expect(screen.queryByText('simulated: overloaded')).toBeNull())
  expect(bridge.inputsOf('simulations.set')).toEqual([
    { target, failure: 'provider_overloaded' },
    { target, failure: null },
  ])
})
