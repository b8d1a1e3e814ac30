import { StorageError, VaultError } from '@contract/errors'
import type { VaultStatus } from '@contract/entities/vault'
import { createRedactor } from '@main/platform/redact'
import { silentLogger } from '@main/platform/logger'
import { createVault } from '@main/secrets/vault'
import { createVaultRecordStore } from '@main/secrets/vault-record'
import { describe, expect, it } from 'vitest'
import { createMachine, gate } from './vault-ports'

const failing = (code: string) => expect.objectContaining({ code })

describe('giving a vault up', () => {
  it('clears the record, deletes the entry, and makes what was sealed unreadable', async () => {
    const machine = createMachine()
    const vault = machine.start()
    await vault.create({ kind: 'keychain' })
    const sealed = vault.seal('sk-old', 'token 1')
    expect(await vault.reset()).toEqual({ state: 'empty', kind: null, reason: null, keychainAvailable: true })
    expect(machine.slot.text).toBeNull()
    expect(vault.vaultId()).toBeNull()
    await expect.poll(() => machine.keychain.entries.size).toBe(0)
    await vault.create({ kind: 'keychain' })
    expect(vault.vaultId()).not.toBe(sealed.vaultId)
    expect(() => vault.reveal(sealed, 'token 1')).toThrow(failing(VaultError.WrongKey))
  })

  it('does not wait for a keychain that hangs', async () => {
    const machine = createMachine()
    const vault = machine.start()
    await vault.create({ kind: 'keychain' })
    machine.keychain.held = gate().opened
    expect(await vault.reset()).toMatchObject({ state: 'empty' })
  })

  it('does not make a locked keychain ask for a password', async () => {
    const machine = createMachine()
    await machine.start().create({ kind: 'keychain' })
    machine.keychain.mode = 'locked'
    const vault = machine.start()
    await vault.open()
    await vault.reset()
    expect(machine.keychain.asked.some((what) => what.startsWith('delete'))).toBe(false)
  })

  it('makes a new vault at once where the key is in the environment', async () => {
    const machine = createMachine()
    await machine.start(Buffer.alloc(32, 1).toString('base64')).open()
    const vault = machine.start(Buffer.alloc(32, 2).toString('base64'))
    const old = (await vault.open(), vault.vaultId())
    expect(vault.status().reason).toBe(VaultError.WrongKey)
    expect(await vault.reset()).toMatchObject({ state: 'ready', kind: 'environment' })
    expect(vault.vaultId()).not.toBe(old)
  })
})

describe('a record that cannot be understood', () => {
  it.each([
    ['{"version":1,"kind":"keychain"}', StorageError.DatabaseDamaged],
    ['not json', StorageError.DatabaseDamaged],
    ['{"version":2,"vaultId":"x"}', StorageError.DatabaseNewer],
  ])('locks the vault and stays as it is: %s', async (text, reason) => {
    const machine = createMachine()
    machine.slot.text = text
    const vault = machine.start()
    expect(await vault.open()).toMatchObject({ state: 'locked', reason })
    await expect(vault.create({ kind: 'keychain' })).rejects.toEqual(failing(reason))
    expect(machine.slot.text).toBe(text)
    expect(await vault.reset()).toMatchObject({ state: 'empty' })
  })
})

describe('listeners of the vault', () => {
  it('hear every change once, and one that fails disturbs nobody', async () => {
    const vault = createMachine().start()
    const heard: VaultStatus[] = []
    vault.onChange(() => {
      throw new Error('broken listener')
    })
    const stop = vault.onChange((status) => heard.push(status))
    await vault.open()
    await vault.open()
    await vault.create({ kind: 'session' })
    expect(heard.map(({ state, keychainAvailable }) => [state, keychainAvailable])).toEqual([
      ['empty', null],
      ['empty', true],
      ['ready', true],
    ])
    stop()
    await vault.reset()
    expect(heard).toHaveLength(3)
  })
})

describe('the redactor of a vault', () => {
  it('knows every secret that passed through, and the key of the environment', async () => {
    const machine = createMachine()
    const environmentKey = Buffer.alloc(32, 9).toString('base64')
    const start = () => {
      const redactor = createRedactor()
      const records = createVaultRecordStore(machine.slot)
      return {
        redactor,
        vault: createVault({ records, keychain: machine.keychain, environmentKey, logger: silentLogger, redactor }),
      }
    }
    const first = start()
    await first.vault.open()
    const sealed = first.vault.seal('plain-looking', 'token 1')
    expect(first.redactor.redact(`a plain-looking b ${environmentKey}`)).toBe('a [redacted] b [redacted]')
    const second = start()
    await second.vault.open()
    second.vault.reveal(sealed, 'token 1')
    expect(second.redactor.redact('a plain-looking b')).toBe('a [redacted] b')
  })
})
