import { screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, test } from 'vitest'
import type { Pull, PullLayer } from '@contract/entities/pull'
import type { ServerActivity } from '@contract/entities/server'
import { FabulaError } from '@contract/errors'
import { JobId } from '@contract/ids'
import { ServersScreen } from '@renderer/features/servers/ServersScreen'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { sentError } from '@test/helpers/sent-error'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { emptyApp, model, ollama, otherServerId, server } from '@test/component/sample-data'

const attic = server({ id: otherServerId, name: 'Attic', url: 'http://attic:11434', isDefault: false, priority: 1 })
const idle: ServerActivity = { models: [], calls: { running: 0, waiting: 0 } }
const time = '2026-03-01T12:00:00.000Z'

const pull = (part: Partial<Pull> = {}): Pull => ({
  id: JobId.parse('01990000-0090-7000-8000-000000000000'),
  kind: 'pull',
  input: { serverId: server().id, model: 'llama3.2:3b', insecure: false },
  state: 'running',
  progress: {
    status: 'pulling',
    layers: [
      { digest: 'sha256:a', total: 2_000_000_000, completed: 500_000_000 },
      { digest: 'sha256:b', total: 1000, completed: 1000 },
    ],
  },
  error: null,
  createdAt: time,
  updatedAt: time,
  ...part,
})

const layers = (...of: PullLayer[]) => ({ progress: { status: 'pulling', layers: of } })

const app = (more: Handlers = {}) =>
  createInMemoryBridge({
    ...emptyApp,
    'servers.list': () => [server({ capabilities: ['text', 'tools'] }), attic],
    'servers.activity': () => idle,
    'jobs.list': () => [],
    ...more,
  })

test('each server says in words how it stands', async () => {
  const wrong = new FabulaError('provider_unauthorized', 'no', { details: { provider: 'Ollama' } }).toShape()
  const bridge = app({
    'servers.list': () => [server(), { ...attic, available: false, problem: wrong, auth: { type: 'bearer' } }],
  })
  const { user } = renderWith(bridge, <ServersScreen serverId={otherServerId} />)
  const list = await screen.findByRole('navigation', { name: 'Ollama servers' })
  expect(within(list).getByText('available · default · 1 model')).toBeTruthy()
  expect(within(list).getByText('refuses the password or key')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Enter it' }))
  expect(await screen.findByRole('dialog', { name: 'Edit the server' })).toBeTruthy()
  await expectNoAxeViolations()
})

test('the order is changed with the arrow keys, and said', async () => {
  const bridge = app({ 'servers.reorder': () => [attic, server()] })
  const { user } = renderWith(bridge, <ServersScreen />)
  const grip = await screen.findByRole('button', { name: 'Move Attic, place 2 of 2' })
  grip.focus()
  await user.keyboard('{ArrowUp}')
  await waitFor(() => expect(bridge.inputsOf('servers.reorder')).toEqual([{ ids: [otherServerId, server().id] }]))
  expect(screen.getByText('Attic is at place 1 of 2')).toBeTruthy()
})

test('a server that does not answer says why once: on its page, and beside it only what the page does not say', async () => {
  const problem = new FabulaError('provider_unreachable', 'down', { details: { provider: 'Ollama' } }).toShape()
  let asked = server()
  let code: 'provider_unreachable' | 'vault_locked' = 'provider_unreachable'
  const bridge = app({
    'servers.list': () => [asked],
    'servers.check': () => {
      if (code === 'provider_unreachable') asked = server({ available: false, problem })
      throw sentError(code, 'no', { details: { provider: 'Ollama' } })
    },
  })
  const { user } = renderWith(bridge, <ServersScreen />)
  await user.click(await screen.findByRole('button', { name: 'Test the connection' }))
  expect(await screen.findByText(/^Ollama cannot be reached\./)).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
  code = 'vault_locked'
  await user.click(screen.getByRole('button', { name: 'Test the connection' }))
  expect(await screen.findByText(/vault is locked/)).toBeTruthy()
})

test('a server is added by the address as people type it, after a test that says what is missing', async () => {
  const bridge = app({
    'servers.probe': ({ auth }) => ({
      verdict: auth.type === 'none' ? 'needsAuth' : 'ok',
      version: auth.type === 'none' ? null : '0.12.3',
      models: auth.type === 'none' ? null : 4,
      latencyMs: 3,
      error: null,
    }),
    'servers.add': () => attic,
    'servers.check': () => attic,
  })
  const { user } = renderWith(bridge, <ServersScreen />)
  await user.click(await screen.findByRole('button', { name: 'Add a server' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add a server' })
  await user.type(within(dialog).getByLabelText('Address'), '192.168.1.5:11434')
  await user.click(within(dialog).getByRole('button', { name: 'Test the connection' }))
  expect(await within(dialog).findByText(/asks for a password or key/)).toBeTruthy()
  await user.selectOptions(within(dialog).getByLabelText('Sign-in'), 'basic')
  await user.type(within(dialog).getByLabelText('User name'), 'vera')
  await user.click(within(dialog).getByRole('button', { name: 'Add' }))
  expect(await within(dialog).findByText('The password is needed')).toBeTruthy()
  await user.type(within(dialog).getByLabelText('Password'), 'harbour light')
  await user.click(within(dialog).getByRole('button', { name: 'Test the connection' }))
  expect(await within(dialog).findByText('It works: Ollama 0.12.3, 4 models.')).toBeTruthy()
  await expectNoAxeViolations()
  await user.click(within(dialog).getByRole('button', { name: 'Add' }))
  await waitFor(() =>
    expect(bridge.inputsOf('servers.add')).toEqual([
      {
        name: '192.168.1.5:11434',
        url: 'http://192.168.1.5:11434',
        auth: { type: 'basic', username: 'vera', secret: 'harbour light' },
        maxConcurrent: null,
      },
    ])
  )
})

test('a stored secret is not asked for again, until the address changes', async () => {
  const guarded = server({ auth: { type: 'bearer' } })
  const bridge = app({ 'servers.list': () => [guarded], 'servers.update': () => guarded })
  const { user } = renderWith(bridge, <ServersScreen />)
  await user.click(await screen.findByRole('button', { name: 'Edit' }))
  const dialog = await screen.findByRole('dialog', { name: 'Edit the server' })
  const name = within(dialog).getByLabelText('Name')
  await user.clear(name)
  await user.type(name, 'Cellar')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() =>
    expect(bridge.inputsOf('servers.update')).toEqual([
      { id: guarded.id, patch: { name: 'Cellar', url: guarded.url, maxConcurrent: null } },
    ])
  )
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Edit' }))
  const again = await screen.findByRole('dialog', { name: 'Edit the server' })
  await user.type(within(again).getByLabelText('Address'), '/attic')
  expect(within(again).getByText(/belongs to the address/)).toBeTruthy()
  await user.click(within(again).getByRole('button', { name: 'Save' }))
  expect(await within(again).findByText(/The key is needed/)).toBeTruthy()
})

test('a server in use is not deleted, and the refusal names its users', async () => {
  const bridge = app({
    'servers.delete': () => {
      throw new FabulaError('preset_in_use', 'used', { details: { name: 'This computer', users: ['Gothic', 'Night'] } })
    },
  })
  const { user } = renderWith(bridge, <ServersScreen />)
  await user.click(await screen.findByRole('button', { name: 'More for This computer' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }))
  expect(await screen.findByText(/By Gothic and Night\./)).toBeTruthy()
})

test('what is in memory shows its real context, and models what they are', async () => {
  const bridge = app({
    'servers.activity': () => ({
      models: [
        { model: 'qwen3:14b', size: 10_000_000_000, sizeVram: 10_000_000_000, contextLength: 16_384, expiresAt: null },
      ],
      calls: { running: 1, waiting: 2 },
    }),
    'models.list': () => [
      model({
        id: 'ollama/x/qwen3:14b',
        providerId: ollama.id,
        serverId: server().id,
        model: 'qwen3:14b',
        name: 'qwen3:14b',
        capabilities: ['text', 'thinking', 'structured'],
        contextLength: 40_960,
        local: true,
        size: 9_300_000_000,
        quantization: 'Q4_K_M',
        file: { digest: 'sha256:1', family: 'qwen3', parameters: '14.8B', embeddingLength: 5120 },
      }),
    ],
    'servers.deleteModel': () => ({}),
  })
  const { user } = renderWith(bridge, <ServersScreen />)
  expect(await screen.findByText('context 16,384 · 10 GB · 100% on the graphics card')).toBeTruthy()
  expect(screen.getByText('1 request under way · 2 requests are waiting')).toBeTruthy()
  expect(await screen.findByText('14.8B · Q4_K_M · 9.3 GB · 40k context · reasoning')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Delete qwen3:14b' }))
  const question = await screen.findByRole('dialog', { name: 'Delete qwen3:14b from the server?' })
  expect(within(question).getByText(/frees up to 9\.3 GB/)).toBeTruthy()
  await user.click(within(question).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(bridge.inputsOf('servers.deleteModel')).toEqual([{ id: server().id, model: 'qwen3:14b' }]))
})

test('what is in memory is asked for anew at every visit', async () => {
  function Visits() {
    const [there, setThere] = useState(true)
    return (
      <>
        <button onClick={() => setThere(!there)}>Elsewhere and back</button>
        {there && <ServersScreen serverId={server().id} />}
      </>
    )
  }
  const bridge = app()
  const { user } = renderWith(bridge, <Visits />)
  await screen.findByText(/^Nothing is loaded/)
  const loaded = { model: 'qwen3:14b', size: 1, sizeVram: 1, contextLength: 16_384, expiresAt: null }
  bridge.answer({ 'servers.activity': () => ({ ...idle, models: [loaded] }) })
  await user.click(screen.getByRole('button', { name: 'Elsewhere and back' }))
  await user.click(screen.getByRole('button', { name: 'Elsewhere and back' }))
  expect(await screen.findByText(/context 16,384/)).toBeTruthy()
})

test('a pull shows how far it is as it goes, is stopped, and says when it has come', async () => {
  let current = pull()
  const bridge = app({
    'jobs.list': () => [current],
    'jobs.start': () => current,
    'jobs.stop': () => (current = pull({ state: 'stopped' })),
  })
  const { user } = renderWith(bridge, <ServersScreen />)
  const field = await screen.findByRole('textbox', { name: /Name of a model/ })
  await user.type(field, 'two words')
  await user.click(screen.getByRole('button', { name: 'Download' }))
  expect(await screen.findByText('A model is named like llama3.2:3b')).toBeTruthy()
  await user.clear(field)
  await user.type(field, 'ollama pull llama3.2:3b')
  await user.click(screen.getByRole('button', { name: 'Download' }))
  await waitFor(() =>
    expect(bridge.inputsOf('jobs.start')).toEqual([
      { kind: 'pull', input: { serverId: server().id, model: 'llama3.2:3b', insecure: false } },
    ])
  )

  expect(await screen.findByText('Downloading · 500 MB of 2 GB')).toBeTruthy()
  bridge.emit({
    name: 'job.progress',
    payload: pull(layers({ digest: 'sha256:a', total: 2_000_000_000, completed: 1_500_000_000 })),
  })
  expect(await screen.findByText('Downloading · 1.5 GB of 2 GB')).toBeTruthy()
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'Stop llama3.2:3b' }))
  bridge.changed('jobs')
  expect(await screen.findByRole('button', { name: 'Resume llama3.2:3b' })).toBeTruthy()
  current = pull({ state: 'done' })
  bridge.changed('jobs')
  expect(await screen.findByText('llama3.2:3b is downloaded')).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull())
})

test("a registry of one's own may be asked without TLS, by a choice that warns", async () => {
  const bridge = app({ 'jobs.start': () => pull() })
  const { user } = renderWith(bridge, <ServersScreen />)
  const field = await screen.findByRole('textbox', { name: /Name of a model/ })
  await user.type(field, 'hf.co/someone/model:Q4_K_M')
  expect(screen.queryByRole('checkbox', { name: /TLS/ })).toBeNull()
  await user.clear(field)
  await user.type(field, 'http://models.lan:5000/me/model:1b')
  const choice = screen.getByRole('checkbox', { name: 'models.lan:5000 has no TLS' })
  await user.click(choice)
  expect(screen.getByText(/anyone on the network can see what is downloaded/)).toBeTruthy()
  await expectNoAxeViolations()
  await user.click(screen.getByRole('button', { name: 'Download' }))
  await user.type(field, 'llama3.2:3b{Enter}')
  const input = { serverId: server().id, model: 'models.lan:5000/me/model:1b', insecure: true }
  await waitFor(() =>
    expect(bridge.inputsOf('jobs.start')).toEqual([
      { kind: 'pull', input },
      { kind: 'pull', input: { ...input, model: 'llama3.2:3b', insecure: false } },
    ])
  )
})

test('the screen speaks Russian with right plurals', async () => {
  renderWith(app({ 'servers.list': () => [server({ modelCount: 3, maxConcurrent: 2 })] }), <ServersScreen />, 'ru')
  expect(await screen.findByText('доступен · по умолчанию · 3 модели')).toBeTruthy()
  expect(screen.getByText(/не больше 2 одновременных запросов/)).toBeTruthy()
})
