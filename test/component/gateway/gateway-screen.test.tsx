import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { defaultGatewaySettings, type Gateway, type GatewayKey, type GatewayRequest } from '@contract/entities/gateway'
import { FabulaError } from '@contract/errors'
import { GatewayKeyId } from '@contract/ids'
import { GatewayScreen } from '@renderer/features/gateway/GatewayScreen'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { giveLayout } from '@test/component/layout'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp } from '@test/component/sample-data'

const off: Gateway = { settings: defaultGatewaySettings, switchedOn: false, url: null, problem: null }
const on: Gateway = { ...off, switchedOn: true, url: 'http://127.0.0.1:11464/v1' }
const key = (part: Partial<GatewayKey> = {}): GatewayKey => ({
  id: GatewayKeyId.parse('01990000-0070-7000-8000-000000000000'),
  name: 'My editor',
  last4: 'x7Qa',
  models: null,
  manages: false,
  requestsPerMinute: null,
  tokensPerDay: null,
  dollarsPerDay: null,
  expiresAt: null,
  createdAt: '2026-03-01T12:00:00.000Z',
  lastUsedAt: null,
  today: { calls: 0, tokens: 0, dollars: 0 },
  ...part,
})
const asked = (number: number, part: Partial<GatewayRequest> = {}): GatewayRequest => ({
  number,
  at: '2026-03-01T12:00:00.000Z',
  keyName: 'My editor',
  method: 'POST',
  path: '/v1/chat/completions',
  model: 'preset/Evening/main',
  answeredBy: { provider: 'Demo', model: 'novelist' },
  attempts: 1,
  inputTokens: 120,
  outputTokens: 40,
  cost: 0,
  status: 200,
  durationMs: 340,
  error: null,
  ...part,
})

const app = (more: Handlers = {}) =>
  createInMemoryBridge({
    ...emptyApp,
    'gateway.get': () => on,
    'gateway.keys': () => [key()],
    'gateway.requests': () => [],
    'gateway.models': () => ['preset/Evening/main', "config/it's me", 'stage/voice'],
    ...more,
  })

test('it is switched on, and says where it listens', async () => {
  let state = off
  const bridge = app({
    'gateway.get': () => state,
    'gateway.switch': ({ on: wanted }) => (state = wanted ? on : off),
  })
  const { user } = renderWith(bridge, <GatewayScreen />)
  const toggle = await screen.findByRole('switch', { name: 'Gateway' })
  expect(screen.getByText('Off')).toBeTruthy()
  await user.click(toggle)
  await waitFor(() => expect(bridge.inputsOf('gateway.switch')).toEqual([{ on: true }]))
  bridge.changed('gateway')
  expect(await screen.findByText('http://127.0.0.1:11464/v1')).toBeTruthy()
  await expectNoAxeViolations()
})

test('a port that is taken is said with the way out, and tried again', async () => {
  const problem = new FabulaError('gateway_port_taken', 'taken', { details: { port: '11464' } }).toShape()
  const bridge = app({ 'gateway.get': () => ({ ...on, url: null, problem }), 'gateway.switch': () => on })
  const { user } = renderWith(bridge, <GatewayScreen />)
  expect(await screen.findByText('On, but not listening')).toBeTruthy()
  await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Retry' }))
  await waitFor(() => expect(bridge.inputsOf('gateway.switch')).toEqual([{ on: true }]))
})

test('a network that can reach it is warned of', async () => {
  const settings = { ...defaultGatewaySettings, address: '0.0.0.0' }
  renderWith(app({ 'gateway.get': () => ({ ...on, settings }) }), <GatewayScreen />)
  expect(await screen.findByText('Other computers in your network can reach it.')).toBeTruthy()
})

test('a key is made with limits, and shown this once', async () => {
  const secret = 'fab-0123456789abcdefghijklmnopqrstuvwxyz'
  const bridge = app({ 'gateway.keys': () => [], 'gateway.createKey': () => ({ key: secret, row: key() }) })
  const { user } = renderWith(bridge, <GatewayScreen tab="keys" />)
  await user.click(await screen.findByRole('button', { name: 'New key' }))
  const dialog = await screen.findByRole('dialog', { name: 'New key' })
  await user.click(within(dialog).getByRole('button', { name: 'Make the key' }))
  expect(within(dialog).getByText('A key needs a name, of one line.')).toBeTruthy()
  await user.type(within(dialog).getByLabelText('Name'), 'My editor')
  await user.type(within(dialog).getByRole('combobox', { name: 'Models' }), 'preset/*{Enter}stage')
  await user.click(await screen.findByRole('option', { name: 'stage/voice' }))
  await user.type(within(dialog).getByLabelText('Requests per minute'), '20')
  await user.type(within(dialog).getByLabelText('US dollars per day'), '0.5')
  await user.type(within(dialog).getByLabelText('Last day'), '2030-02-28')
  await user.click(within(dialog).getByRole('switch', { name: /^May also manage/ }))
  await expectNoAxeViolations()
  await user.click(within(dialog).getByRole('button', { name: 'Make the key' }))
  expect(await within(dialog).findByText(secret)).toBeTruthy()
  expect(bridge.inputsOf('gateway.createKey')).toEqual([
    {
      name: 'My editor',
      models: ['preset/*', 'stage/voice'],
      manages: true,
      requestsPerMinute: 20,
      tokensPerDay: null,
      dollarsPerDay: 0.5,
      expiresAt: new Date(2030, 2, 1).toISOString(),
    },
  ])
  await user.click(within(dialog).getByRole('button', { name: 'Done' }))
  await waitFor(() => expect(screen.queryByText(secret)).toBeNull())
})

test('limits are written as the language writes numbers, and either decimal sign is understood', async () => {
  const bridge = app({ 'gateway.keys': () => [], 'gateway.createKey': () => ({ key: 'fab-1', row: key() }) })
  const { user } = renderWith(bridge, <GatewayScreen tab="keys" />, 'ru')
  await user.click(await screen.findByRole('button', { name: 'Новый ключ' }))
  const dialog = await screen.findByRole('dialog', { name: 'Новый ключ' })
  await user.type(within(dialog).getByLabelText('Название'), 'Редактор')
  await user.type(within(dialog).getByLabelText('Токенов в день'), '20000')
  expect(within(dialog).getByLabelText<HTMLInputElement>('Токенов в день').value).toBe('20\u00A0000')
  const dollars = within(dialog).getByLabelText<HTMLInputElement>('Долларов США в день')
  await user.type(dollars, '0.5')
  expect(dollars.value).toBe('0,5')
  await user.click(within(dialog).getByRole('button', { name: 'Создать ключ' }))
  await waitFor(() =>
    expect(bridge.inputsOf('gateway.createKey')).toMatchObject([{ tokensPerDay: 20_000, dollarsPerDay: 0.5 }])
  )
})

test('a key says what it may do and what went through it, is changed and deleted', async () => {
  const bridge = app({
    'gateway.keys': () => [
      key({
        models: ['preset/*', 'ollama/*'],
        tokensPerDay: 20_000,
        dollarsPerDay: 1,
        expiresAt: '2020-01-01T00:00:00.000Z',
        lastUsedAt: '2020-01-01T00:00:00.000Z',
        today: { calls: 3, tokens: 1200, dollars: 0.02 },
      }),
    ],
    'gateway.changeKey': () => key(),
    'gateway.revokeKey': () => ({}),
  })
  const { user } = renderWith(bridge, <GatewayScreen tab="keys" />)
  expect(await screen.findByText('Only preset/*, ollama/* · 20,000 tokens per day · $1 per day')).toBeTruthy()
  expect(screen.getByText(/today 3 requests, 1k tokens, \$0\.02/)).toBeTruthy()
  expect(screen.getByText(/^It worked until Dec 31, 2019|^It worked until Jan 1, 2020/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'More for the key My editor' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Edit' }))
  const dialog = await screen.findByRole('dialog', { name: 'Edit key' })
  await user.clear(within(dialog).getByLabelText('Last day'))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('gateway.changeKey').map(({ change }) => change)).toEqual([
      {
        name: 'My editor',
        models: ['preset/*', 'ollama/*'],
        manages: false,
        requestsPerMinute: null,
        tokensPerDay: 20_000,
        dollarsPerDay: 1,
        expiresAt: null,
      },
    ])
  )
  await user.click(screen.getByRole('button', { name: 'More for the key My editor' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(bridge.inputsOf('gateway.revokeKey')).toEqual([{ id: key().id }]))
})

test('requests appear as they come, stand still while paused, and are searched', async () => {
  giveLayout()
  const failed = asked(2, {
    status: 404,
    model: 'gpt-9',
    answeredBy: null,
    error: { code: 'model_not_found', message: 'There is no model gpt-9', cause: 'model_not_found' },
  })
  const bridge = app({ 'gateway.requests': () => [failed, asked(1)] })
  const { user } = renderWith(
    bridge,
    <div data-page-scroll>
      <GatewayScreen tab="requests" />
    </div>
  )
  const rows = () => screen.getAllByRole('listitem').map((row) => row.textContent)
  expect(await screen.findByText('There is no model gpt-9')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Pause' }))
  const running = asked(3, { status: null, durationMs: null, keyName: null, inputTokens: null, outputTokens: null })
  bridge.emit({ name: 'gateway.requests', payload: { requests: [running] } })
  expect(await screen.findByText('1 new')).toBeTruthy()
  expect(rows()).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Resume' }))
  expect(rows()[0]).toMatch(/without a key.*running/)
  bridge.emit({ name: 'gateway.requests', payload: { requests: [asked(3)] } })
  await waitFor(() => expect(rows()[0]).toMatch(/novelist.*120 → 40.*340/))
  await user.type(screen.getByRole('textbox', { name: 'Search requests' }), 'model_not')
  expect(rows()).toHaveLength(1)
  await expectNoAxeViolations()
})

test('of ten thousand requests the last are kept, few of them are drawn, and a pause counts all that came', async () => {
  giveLayout()
  const bridge = app({ 'gateway.requests': () => [asked(1, { model: 'preset/Old/main' })] })
  const { user } = renderWith(
    bridge,
    <div data-page-scroll>
      <GatewayScreen tab="requests" />
    </div>
  )
  await user.click(await screen.findByRole('button', { name: 'Pause' }))
  expect(screen.queryByText('The last 1,000 requests')).toBeNull()
  for (let first = 2; first <= 10_001; first += 100)
    bridge.emit({
      name: 'gateway.requests',
      payload: {
        requests: Array.from({ length: 100 }, (_, index) => asked(first + index, { model: `m${first + index}` })),
      },
    })
  expect(await screen.findByText('10,000 new')).toBeTruthy()
  expect(screen.getByText('preset/Old/main')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Resume' }))
  expect(screen.getByText('The last 1,000 requests')).toBeTruthy()
  const rows = () => screen.queryAllByRole('listitem')
  expect(rows()[0]?.textContent).toContain('m10001')
  expect(rows()[0]?.getAttribute('aria-setsize')).toBe('1000')
  expect(rows().length).toBeLessThan(50)
  await user.click(screen.getByRole('textbox', { name: 'Search requests' }))
  await user.paste('m9002')
  expect(rows().map((row) => row.textContent)).toEqual([expect.stringContaining('m9002')])
  await user.clear(screen.getByRole('textbox', { name: 'Search requests' }))
  await user.paste('m9001')
  expect(screen.getByText('No matches.')).toBeTruthy()
})

test('a program is connected by code that names the model and never the key', async () => {
  const { user } = renderWith(app(), <GatewayScreen />)
  await user.click(await screen.findByRole('combobox', { name: 'Model' }))
  expect(screen.queryByRole('option', { name: 'stage/voice' })).toBeNull()
  await user.keyboard("it's")
  await user.click(await screen.findByRole('option', { name: "config/it's me" }))
  const code = () => document.querySelector('pre')?.textContent
  expect(code()).toContain('curl http://127.0.0.1:11464/v1/chat/completions')
  expect(code()).toContain(String.raw`"model":"config/it'\''s me"`)
  await user.click(screen.getByRole('radio', { name: 'Node.js' }))
  expect(code()).toContain(`model: "config/it's me"`)
  expect(code()).not.toContain('stream')
  await user.click(screen.getByRole('switch', { name: 'Stream the answer' }))
  expect(code()).toContain('stream: true')
  await user.click(screen.getByRole('radio', { name: 'SillyTavern' }))
  expect(screen.queryByRole('switch', { name: 'Stream the answer' })).toBeNull()
  expect(screen.getByText(/Enter http:\/\/127\.0\.0\.1:11464\/v1 as the custom endpoint/)).toBeTruthy()
})

test('settings are checked before they are saved, and another address always needs a key', async () => {
  const bridge = app({ 'gateway.change': (part) => ({ ...on, settings: { ...on.settings, ...part } }) })
  const { user } = renderWith(bridge, <GatewayScreen tab="settings" />)
  const port = await screen.findByLabelText('Port')
  await user.clear(port)
  await user.type(port, '80')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('A whole number from 1024 to 65535.')).toBeTruthy()
  await user.clear(port)
  await user.type(port, '8800')
  await user.click(screen.getByRole('switch', { name: /^Ask for a key/ }))
  await user.click(screen.getByRole('radio', { name: /^Other computers too/ }))
  expect(screen.getByRole('switch', { name: /^Ask for a key/ })).toHaveProperty('checked', true)
  await user.type(screen.getByRole('combobox', { name: 'Web pages that may ask' }), 'http://localhost:3000/path{Enter}')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(screen.getByText('Origins look like http://localhost:3000, without a path.')).toBeTruthy()
  await user.click(screen.getByRole('combobox', { name: 'Web pages that may ask' }))
  await user.keyboard('{Backspace}http://localhost:3000{Enter}')
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('gateway.change')).toEqual([
      { port: 8800, address: '0.0.0.0', keyNeeded: true, origins: ['http://localhost:3000'] },
    ])
  )
})
