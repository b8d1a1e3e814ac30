import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Route } from 'wouter'
import { ProviderId } from '@contract/ids'
import { ProvidersScreen } from '@renderer/features/providers/ProvidersScreen'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { renderWith } from '@test/component/render'
import { emptyApp, openRouter, ownProvider } from '@test/component/sample-data'

const screenOfAddress = (
  <Route path="/providers/:id">{({ id }) => <ProvidersScreen providerId={ProviderId.parse(id)} />}</Route>
)

test('something that was just made can be opened before the list has heard of it', async () => {
  let providers = [openRouter]
  const bridge = createInMemoryBridge({ ...emptyApp, 'providers.list': () => providers })
  location.hash = `#/providers/${openRouter.id}`
  renderWith(bridge, screenOfAddress)
  await screen.findByRole('heading', { name: openRouter.name })
  providers = [openRouter, ownProvider]
  location.hash = `#/providers/${ownProvider.id}`
  expect(await screen.findByRole('heading', { name: ownProvider.name })).toBeTruthy()
  expect(location.hash).toBe(`#/providers/${ownProvider.id}`)
})

test('an address of something that is gone leads to the first in the list', async () => {
  const bridge = createInMemoryBridge({ ...emptyApp, 'providers.list': () => [openRouter] })
  location.hash = `#/providers/${ownProvider.id}`
  renderWith(bridge, screenOfAddress)
  await waitFor(() => expect(location.hash).toBe(`#/providers/${openRouter.id}`))
  expect(await screen.findByRole('heading', { name: openRouter.name })).toBeTruthy()
})
