import { VaultError } from '@contract/errors'
import { keychainSessionMissing, startKeychainSession, type KeychainSession } from '@test/helpers/keychain-session'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const imports = fileOf('../../helpers/source-imports.ts')
const script = fileOf('vault-process.ts')
const PLANTED = 'planted-key-0123456789'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fabula-vault-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Takes the steps in a new process and gives their answers. */
async function inNewProcess(env: Record<string, string>, steps: string[], hooks: string[] = []): Promise<unknown[]> {
  const options = [imports, ...hooks].flatMap((hook) => ['--import', hook])
  const { stdout } = await run(process.execPath, [...options, script, folder, ...steps], {
    env: { PATH: process.env['PATH'], ...env },
  })
  const answers: unknown = JSON.parse(stdout)
  return Array.isArray(answers) ? answers : []
}

const everyFile = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')

const because = keychainSessionMissing === null ? '' : ` (skipped, ${keychainSessionMissing})`

describe.skipIf(keychainSessionMissing !== null)(`a vault in a real gnome-keyring${because}`, () => {
  let session: KeychainSession
  beforeEach(async () => {
    session = await startKeychainSession()
  })
  afterEach(() => session.stop())

  it('gives the same key to the next process, and shows it nowhere', async () => {
    const first = await inNewProcess(session.env, ['loaded', 'open', 'loaded', 'create', `seal:${PLANTED}`])
    expect(first).toEqual([
      false,
      { state: 'empty', kind: null, reason: null, keychainAvailable: true },
      true,
      { state: 'ready', kind: 'keychain', reason: null, keychainAvailable: true },
      expect.any(String),
    ])
    const ready = { state: 'ready', kind: 'keychain', reason: null, keychainAvailable: true }
    expect(await inNewProcess(session.env, ['open', 'id', 'reveal'])).toEqual([ready, first[4], PLANTED])
    expect(everyFile()).toContain('A careless line with [redacted] in it')
    expect(everyFile()).not.toContain(PLANTED)
  })

  it('is locked, not missing, while the keyring is locked; nothing is overwritten; then it opens again', async () => {
    const [, id] = await inNewProcess(session.env, ['create', `seal:${PLANTED}`])
    const record = readFileSync(join(folder, 'record.json'), 'utf8')
    await session.lock()

    const locked = { state: 'locked', kind: 'keychain', reason: VaultError.Locked, keychainAvailable: true }
    expect(await inNewProcess(session.env, ['open', 'create', 'unlock', 'seal:x', 'id'])).toEqual([
      locked,
      VaultError.AlreadyExists,
      VaultError.Locked,
      VaultError.Locked,
      id,
    ])
    expect(readFileSync(join(folder, 'record.json'), 'utf8')).toBe(record)

    await session.unlock()
    expect(await inNewProcess(session.env, ['open', 'reveal'])).toMatchObject([{ state: 'ready' }, PLANTED])
  })

  it('stays opening while the keyring does not answer, holds up nothing, and opens when it does', async () => {
    await inNewProcess(session.env, ['create'])
    const pid = session.daemon()
    const opening = { state: 'opening', kind: 'keychain', reason: null, keychainAvailable: null }
    const steps = [`stop:${pid}`, 'begin', 'waiting', 'status', 'seal:x', `continue:${pid}`, 'open', 'waiting']
    expect(await inNewProcess(session.env, steps)).toMatchObject([
      true,
      null,
      true,
      opening,
      VaultError.Locked,
      true,
      { state: 'ready' },
      false,
    ])
  })

  it('is not made in a locked keyring, and leaves nothing', async () => {
    await session.lock()
    expect(await inNewProcess(session.env, ['open', 'create', 'open'])).toMatchObject([
      { state: 'empty' },
      VaultError.KeychainUnavailable,
      { state: 'empty', keychainAvailable: true },
    ])
    expect(readdirSync(folder)).not.toContain('record.json')
  })

  it('makes another vault after it was given up', async () => {
    const [, old] = await inNewProcess(session.env, ['create', `seal:${PLANTED}`])
    const [, , id, reveal] = await inNewProcess(session.env, ['open', 'reset', 'id', 'reveal'])
    expect([id, reveal]).toEqual([null, VaultError.NotCreated])
    const [, made, revealed] = await inNewProcess(session.env, ['create', 'id', 'reveal'])
    expect(made).not.toBe(old)
    expect(revealed).toBe(VaultError.WrongKey)
  })

  it('is locked with the reason when the keyring is gone at the next start', async () => {
    await inNewProcess(session.env, ['create'])
    const nowhere = { ...session.env, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'none')}` }
    expect(await inNewProcess(nowhere, ['open'])).toEqual([
      { state: 'locked', kind: 'keychain', reason: VaultError.KeychainUnavailable, keychainAvailable: false },
    ])
  })
})

const onLinux = process.platform === 'linux'

describe.skipIf(!onLinux)(`a machine without a keychain${onLinux ? '' : ' (skipped, for Linux)'}`, () => {
  const unavailable = {
    state: 'empty',
    kind: null,
    reason: VaultError.KeychainUnavailable,
    keychainAvailable: false,
  }

  it('without D-Bus: says that there is none, makes nothing, and logs why', async () => {
    const env = { HOME: folder, XDG_RUNTIME_DIR: join(folder, 'none') }
    expect(await inNewProcess(env, ['open', 'create'])).toEqual([unavailable, VaultError.KeychainUnavailable])
    expect(readdirSync(folder)).toEqual(['logs'])
    expect(everyFile()).toContain('The keychain cannot be used')
  })

  it('without libsecret: says the same instead of crashing', async () => {
    const withoutLibrary = `
      import { registerHooks } from 'node:module'
      registerHooks({ resolve: (name, context, next) => {
        if (name === 'keytar') throw new Error('libsecret-1.so.0: cannot open shared object file')
        return next(name, context)
      } })`
    const hook = `data:text/javascript,${encodeURIComponent(withoutLibrary)}`
    expect(await inNewProcess({ HOME: folder }, ['open'], [hook])).toEqual([unavailable])
    expect(everyFile()).toContain('libsecret-1.so.0')
  })
})
