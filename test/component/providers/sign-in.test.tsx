import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { GuideScreen } from '@renderer/features/guide/GuideScreen'
import { ProvidersScreen } from '@renderer/features/providers/ProvidersScreen'
import { sentError } from '@test/helpers/sent-error'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { demo, emptyApp, model, openRouter, token } from '@test/component/sample-data'

const signable = { ...openRouter, signIn: true }
const url = 'https://openrouter.example/auth?code_challenge=x'
const opened = vi.fn<typeof window.open>()
const begins: Handlers = {
  ...emptyApp,
  'providers.list': () => [signable, demo],
  'tokens.signIn': () => ({ signInId: 'one', url }),
  'tokens.signInState': () => ({ state: 'waiting' }),
  'tokens.cancelSignIn': () => ({}),
}
const show = (handlers: Handlers = {}) => {
  const bridge = createInMemoryBridge({ ...begins, ...handlers })
  return { bridge, ...renderWith(bridge, <ProvidersScreen providerId={openRouter.id} />) }
}
const begin = async (user: ReturnType<typeof show>['user']) =>
  user.click(await screen.findByRole('button', { name: 'Sign in with OpenRouter' }))

beforeEach(() => {
  opened.mockReset()
  vi.spyOn(window, 'open').mockImplementation(opened)
})

test('the page of the provider opens in the browser, and the new key is there when it is done', async () => {
  const { user, bridge } = show()
  await begin(user)
  expect(await screen.findByText('Finish the sign-in in your browser. Fabula waits five minutes for it.')).toBeTruthy()
  expect(opened).toHaveBeenCalledExactlyOnceWith(url, '_blank', 'noopener')
  expect(screen.getByRole('link', { name: 'Open the page again' }).getAttribute('href')).toBe(url)
  await expectNoAxeViolations()
  bridge.answer({
    'tokens.signInState': () => ({ state: 'done', token: token({ name: 'Sign-in' }) }),
    'tokens.list': () => [token({ name: 'Sign-in' })],
  })
  bridge.changed('tokens')
  expect(await screen.findByText('Signed in: key “Sign-in” is added')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Open the page again' })).toBeNull()
  expect(bridge.inputsOf('tokens.signIn')).toEqual([{ providerId: openRouter.id, name: 'Sign-in' }])
})

test('a sign-in is called off, in main too', async () => {
  const { user, bridge } = show({ 'tokens.list': () => [token()] })
  await begin(user)
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(await screen.findByRole('button', { name: 'Sign in with OpenRouter' })).toBeTruthy()
  await waitFor(() => expect(bridge.inputsOf('tokens.cancelSignIn')).toEqual([{ signInId: 'one' }]))
})

test('a failure says why, and the next try begins anew', async () => {
  const error = sentError('sign_in_timed_out', 'nobody came').toShape()
  const { user, bridge } = show({ 'tokens.signInState': () => ({ state: 'failed', error }) })
  await begin(user)
  expect(await screen.findByText('The sign-in was not finished.')).toBeTruthy()
  bridge.answer({
    'tokens.signIn': () => ({ signInId: 'two', url }),
    'tokens.signInState': () => ({ state: 'waiting' }),
  })
  await user.click(screen.getByRole('button', { name: 'Retry' }))
  expect(await screen.findByText(/^Finish the sign-in/)).toBeTruthy()
  expect(screen.queryByText('The sign-in was not finished.')).toBeNull()
})

test('the guide offers it beside pasting a key, and goes on to the models', async () => {
  const bridge = createInMemoryBridge({ ...begins, 'models.refresh': () => ({ added: 1, changed: 0, vanished: 0 }) })
  const { user } = renderWith(bridge, <GuideScreen />)
  await user.click(await screen.findByRole('button', { name: /^An API key/ }))
  expect(await screen.findByText('Or paste a key:')).toBeTruthy()
  await begin(user)
  await screen.findByText(/^Finish the sign-in/)
  await expectNoAxeViolations()
  bridge.answer({
    'tokens.signInState': () => ({ state: 'done', token: token() }),
    'tokens.list': () => [token()],
    'models.list': () => [model(), model({ id: 'openrouter/off', model: 'switched/off', enabled: false })],
  })
  bridge.changed('tokens', 'models')
  expect(await screen.findByRole('combobox', { name: 'Model' })).toBeTruthy()
  await user.click(screen.getByRole('combobox', { name: 'Model' }))
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('anthropic/claude'),
  ])
})
