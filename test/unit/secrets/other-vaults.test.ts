import { VaultError } from '@contract/errors'
import { VaultRecord } from '@main/secrets/vault-record'
import { describe, expect, it } from 'vitest'
import { createMachine } from './vault-ports'

const failing = (code: string) => expect.objectContaining({ code })
const PASSPHRASE = 'пароль ﬁne é 1'

// scrypt at full strength takes its time, more so on a busy machine.
describe('a vault behind a passphrase', () => {
  it('opens with the passphrase however its letters were composed, and with no other', async () => {
    const machine = createMachine()
    machine.keychain.mode = 'gone'
    const first = machine.start()
    await first.open()
    expect(await first.create({ kind: 'passphrase', passphrase: PASSPHRASE })).toMatchObject({
      state: 'ready',
      kind: 'passphrase',
    })
    const sealed = first.seal('sk-secret', 'token 1')
    expect(machine.slot.text).not.toContain('пароль')

    const vault = machine.start()
    expect(await vault.open()).toEqual({ state: 'locked', kind: 'passphrase', reason: null, keychainAvailable: false })
    expect(vault.vaultId()).toBe(first.vaultId())
    await expect(vault.unlock()).rejects.toEqual(failing(VaultError.Locked))
    await expect(vault.unlock(`${PASSPHRASE}!`)).rejects.toEqual(failing(VaultError.WrongPassphrase))
    expect(vault.status()).toMatchObject({ state: 'locked', reason: VaultError.WrongPassphrase })

    expect(await vault.unlock('пароль fine e\u0301 1')).toMatchObject({ state: 'ready', reason: null })
    expect(vault.reveal(sealed, 'token 1')).toBe('sk-secret')
  })

  it('uses scrypt at the strength OWASP asks for, with a salt of its own', async () => {
    const records = await Promise.all(
      [createMachine(), createMachine()].map(async (machine) => {
        await machine.start().create({ kind: 'passphrase', passphrase: 'correct horse' })
        return VaultRecord.parse(JSON.parse(machine.slot.text ?? ''))
      })
    )
    const wrapped = records.map((record) => (record.kind === 'passphrase' ? record.wrapped : null))
    expect(wrapped[0]?.scrypt).toEqual({ N: 131072, r: 8, p: 1 })
    expect(wrapped[0]?.salt).not.toBe(wrapped[1]?.salt)
  })

  it.each(['', '1234567', '🙂🙂🙂🙂🙂🙂🙂'])('refuses a passphrase under 8 characters: %j', async (passphrase) => {
    const machine = createMachine()
    const vault = machine.start()
    await vault.open()
    await expect(vault.create({ kind: 'passphrase', passphrase })).rejects.toEqual(failing(VaultError.WeakPassphrase))
    expect(vault.status().state).toBe('empty')
    expect(machine.slot.text).toBeNull()
  })

  it('survives being unlocked twice at once', async () => {
    const machine = createMachine()
    await machine.start().create({ kind: 'passphrase', passphrase: 'correct horse' })
    const vault = machine.start()
    await vault.open()
    const both = await Promise.all([vault.unlock('correct horse'), vault.unlock('correct horse')])
    expect(both.map(({ state }) => state)).toEqual(['ready', 'ready'])
  })

  it('does not come back when it is given up while the passphrase is checked', async () => {
    const machine = createMachine()
    await machine.start().create({ kind: 'passphrase', passphrase: 'correct horse' })
    const vault = machine.start()
    await vault.open()
    const { slot } = machine
    let reads = 0
    slot.read = () => {
      reads += 1
      return slot.text
    }
    const unlocking = vault.unlock('correct horse')
    await expect.poll(() => reads).toBe(2)
    await vault.reset()
    await expect(unlocking).rejects.toEqual(failing(VaultError.NotCreated))
    expect(vault.status().state).toBe('empty')
  })
})

describe('a vault for this session', () => {
  it('is gone at the next start, and what it sealed is seen to be of another vault', async () => {
    const machine = createMachine()
    const first = machine.start()
    await first.create({ kind: 'session' })
    const sealed = first.seal('sk-secret', 'token 1')
    expect(first.reveal(sealed, 'token 1')).toBe('sk-secret')
    expect(machine.keychain.entries.size).toBe(0)

    const second = machine.start()
    expect(await second.open()).toMatchObject({ state: 'empty', kind: null })
    expect(second.vaultId()).toBeNull()
    await second.create({ kind: 'session' })
    expect(second.vaultId()).not.toBe(sealed.vaultId)
    expect(() => second.reveal(sealed, 'token 1')).toThrow(failing(VaultError.WrongKey))
  })
})

describe('a vault with its key in FABULA_VAULT_KEY', () => {
  const bytes = Buffer.from('fbfffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedecebeae9e8e7e6e5e4e3e2e1', 'hex')
  const key = bytes.toString('base64')

  it('makes itself at the first start, opens at the next, and never asks the keychain', async () => {
    const machine = createMachine()
    const first = machine.start(key)
    expect(await first.open()).toMatchObject({ state: 'ready', kind: 'environment', reason: null })
    const sealed = first.seal('sk-secret', 'token 1')
    for (const form of [bytes.toString('base64url'), ` ${key}\n`]) {
      const next = machine.start(form)
      expect(await next.open()).toMatchObject({ state: 'ready', kind: 'environment' })
      expect(next.reveal(sealed, 'token 1')).toBe('sk-secret')
    }
    expect(machine.keychain.asked).toEqual([])
    expect(machine.slot.text).not.toContain(key.slice(0, 10))
  })

  it.each(['', 'short', `${key}AAAA`, key.replace('+', '!'), bytes.toString('hex')])(
    'is locked by a malformed key, with or without a record: %j',
    async (malformed) => {
      const machine = createMachine()
      const locked = { state: 'locked', kind: 'environment', reason: VaultError.BadEnvironmentKey }
      const vault = machine.start(malformed)
      expect(await vault.open()).toMatchObject(locked)
      await expect(vault.create({ kind: 'session' })).rejects.toEqual(failing(VaultError.BadEnvironmentKey))
      expect(machine.slot.text).toBeNull()
      await machine.start(key).open()
      expect(await machine.start(malformed).open()).toMatchObject(locked)
    }
  )

  it('is locked by another key, and keeps its record', async () => {
    const machine = createMachine()
    await machine.start(key).open()
    const record = machine.slot.text
    const vault = machine.start(Buffer.alloc(32).toString('base64'))
    expect(await vault.open()).toMatchObject({ state: 'locked', reason: VaultError.WrongKey })
    await expect(vault.unlock()).rejects.toEqual(failing(VaultError.WrongKey))
    await expect(vault.create({ kind: 'keychain' })).rejects.toEqual(failing(VaultError.WrongKey))
    expect(machine.slot.text).toBe(record)
  })

  it('is locked when the variable is missing', async () => {
    const machine = createMachine()
    await machine.start(key).open()
    expect(await machine.start().open()).toMatchObject({
      state: 'locked',
      kind: 'environment',
      reason: VaultError.BadEnvironmentKey,
    })
  })

  it('wins over the keychain when it opens the same vault, as after a move to a server', async () => {
    const machine = createMachine()
    const desktop = machine.start()
    await desktop.create({ kind: 'keychain' })
    const [masterKey] = [...machine.keychain.entries.values()]
    machine.keychain.mode = 'gone'
    const server = machine.start(masterKey)
    expect(await server.open()).toMatchObject({ state: 'ready', kind: 'environment' })
    expect(server.vaultId()).toBe(desktop.vaultId())
  })

  it('does not fall back to the keychain when it opens another vault', async () => {
    const machine = createMachine()
    await machine.start().create({ kind: 'keychain' })
    const vault = machine.start(key)
    expect(await vault.open()).toMatchObject({ state: 'locked', kind: 'environment', reason: VaultError.WrongKey })
  })

  it('takes the place of a session vault of an earlier start', async () => {
    const machine = createMachine()
    const session = machine.start()
    await session.create({ kind: 'session' })
    const vault = machine.start(key)
    expect(await vault.open()).toMatchObject({ state: 'ready', kind: 'environment' })
    expect(vault.vaultId()).not.toBe(session.vaultId())
  })
})
