import { FabulaError, StorageError, VaultError } from '@contract/errors'
import { describe, expect, it } from 'vitest'
import { createMachine, gate } from './vault-ports'

const failing = (code: string) => expect.objectContaining({ code })

describe('a vault in the keychain', () => {
  it('is not made by opening: until a key is added, nothing is written anywhere', async () => {
    const machine = createMachine()
    const vault = machine.start()
    expect(vault.status().state).toBe('opening')
    expect(await vault.open()).toEqual({ state: 'empty', kind: null, reason: null, keychainAvailable: true })
    expect(machine.keychain.entries.size).toBe(0)
    expect(machine.slot.text).toBeNull()
    expect(vault.vaultId()).toBeNull()
    expect(() => vault.seal('sk-1', 'token 1')).toThrow(failing(VaultError.NotCreated))
  })

  it('keeps its key under its own id, and opens again in the next process', async () => {
    const machine = createMachine()
    const first = machine.start()
    await first.open()
    expect(await first.create({ kind: 'keychain' })).toMatchObject({ state: 'ready', kind: 'keychain' })
    expect([...machine.keychain.entries.keys()]).toEqual([first.vaultId()])
    const sealed = first.seal('sk-secret', 'token 1')

    const second = machine.start()
    expect(await second.open()).toEqual({ state: 'ready', kind: 'keychain', reason: null, keychainAvailable: true })
    expect(second.vaultId()).toBe(first.vaultId())
    expect(second.reveal(sealed, 'token 1')).toBe('sk-secret')
    expect(second.fingerprint('sk-secret', 'p')).toBe(first.fingerprint('sk-secret', 'p'))
  })

  it('stores no part of the master key in its record', async () => {
    const machine = createMachine()
    await machine.start().create({ kind: 'keychain' })
    const [entry] = [...machine.keychain.entries.values()]
    expect(entry).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(machine.slot.text).not.toContain(entry?.slice(0, 43))
  })

  it('is locked, not missing, when the keychain gives nothing; nothing is overwritten', async () => {
    const machine = createMachine()
    await machine.start().create({ kind: 'keychain' })
    const before = { text: machine.slot.text, entries: new Map(machine.keychain.entries) }
    machine.keychain.mode = 'locked'

    const vault = machine.start()
    const locked = { state: 'locked', kind: 'keychain', reason: VaultError.Locked, keychainAvailable: true }
    expect(await vault.open()).toEqual(locked)
    await expect(vault.create({ kind: 'keychain' })).rejects.toEqual(failing(VaultError.AlreadyExists))
    await expect(vault.create({ kind: 'session' })).rejects.toEqual(failing(VaultError.AlreadyExists))
    await expect(vault.unlock()).rejects.toEqual(failing(VaultError.Locked))
    expect(() => vault.seal('x', 'y')).toThrow(failing(VaultError.Locked))
    expect({ text: machine.slot.text, entries: machine.keychain.entries }).toEqual(before)
    expect(machine.keychain.asked.filter((what) => what.startsWith('set'))).toHaveLength(1)

    machine.keychain.mode = 'working'
    expect(await vault.unlock()).toMatchObject({ state: 'ready', reason: null })
  })

  it('is locked with the reason when the keychain cannot be reached', async () => {
    const machine = createMachine()
    await machine.start().create({ kind: 'keychain' })
    machine.keychain.mode = 'gone'
    const vault = machine.start()
    expect(await vault.open()).toEqual({
      state: 'locked',
      kind: 'keychain',
      reason: VaultError.KeychainUnavailable,
      keychainAvailable: false,
    })
    expect(vault.vaultId()).not.toBeNull()
  })

  it.each(['not a key', Buffer.alloc(32, 7).toString('base64'), ''])(
    'is locked when the entry is another key (%j)',
    async (entry) => {
      const machine = createMachine()
      const first = machine.start()
      await first.create({ kind: 'keychain' })
      machine.keychain.entries.set(first.vaultId() ?? '', entry)
      const vault = machine.start()
      expect(await vault.open()).toMatchObject({ state: 'locked', reason: VaultError.WrongKey })
      expect(machine.keychain.entries.get(first.vaultId() ?? '')).toBe(entry)
    }
  )

  it('is not made where the keychain is missing, and says so', async () => {
    const machine = createMachine()
    machine.keychain.mode = 'gone'
    const vault = machine.start()
    const empty = {
      state: 'empty',
      kind: null,
      reason: VaultError.KeychainUnavailable,
      keychainAvailable: false,
    }
    expect(await vault.open()).toEqual(empty)
    await expect(vault.create({ kind: 'keychain' })).rejects.toEqual(failing(VaultError.KeychainUnavailable))
    expect(vault.status()).toEqual(empty)
    expect(machine.slot.text).toBeNull()
    expect(await vault.create({ kind: 'session' })).toMatchObject({ state: 'ready', kind: 'session' })
  })

  it('is not made when the keychain gives back something else than it took', async () => {
    const machine = createMachine()
    machine.keychain.setPassword = (account) => {
      machine.keychain.entries.set(account, 'truncated')
      return Promise.resolve()
    }
    const vault = machine.start()
    await expect(vault.create({ kind: 'keychain' })).rejects.toEqual(failing(VaultError.KeychainUnavailable))
    expect(machine.slot.text).toBeNull()
    await expect.poll(() => machine.keychain.entries.size).toBe(0)
  })

  it('leaves no entry behind when the disk is full', async () => {
    const machine = createMachine()
    const { slot } = machine
    let full = true
    slot.write = (record) => {
      if (!full) return void (slot.text = record)
      throw new FabulaError(StorageError.Full, 'The disk is full')
    }
    const vault = machine.start()
    await vault.open()
    await expect(vault.create({ kind: 'keychain' })).rejects.toEqual(failing(StorageError.Full))
    expect(vault.status().state).toBe('empty')
    await expect.poll(() => machine.keychain.entries.size).toBe(0)
    full = false
    expect(await vault.create({ kind: 'keychain' })).toMatchObject({ state: 'ready' })
  })

  it('is made once when two keys are added at the same moment', async () => {
    const machine = createMachine()
    const vault = machine.start()
    const outcomes = await Promise.allSettled([vault.create({ kind: 'keychain' }), vault.create({ kind: 'keychain' })])
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { reason: failing(VaultError.AlreadyExists) }])
    expect(machine.keychain.entries.size).toBe(1)
  })
})

describe('a keychain that waits for the user', () => {
  it('leaves the vault opening, says so, and is asked only once', async () => {
    const machine = createMachine()
    const first = machine.start()
    await first.create({ kind: 'keychain' })
    machine.keychain.asked.length = 0
    const prompt = gate()
    machine.keychain.held = prompt.opened

    const vault = machine.start()
    const states: string[] = []
    vault.onChange((status) => states.push(status.state))
    const opening = vault.open()
    const unlocking = vault.unlock()
    expect(vault.status()).toMatchObject({ state: 'opening', kind: 'keychain' })
    expect(vault.vaultId()).toBe(first.vaultId())
    expect(() => vault.seal('x', 'y')).toThrow(expect.objectContaining({ code: VaultError.Locked, retryable: true }))
    prompt.open()
    expect(await opening).toMatchObject({ state: 'ready' })
    expect(await unlocking).toMatchObject({ state: 'ready' })
    expect(machine.keychain.asked).toEqual([`get ${first.vaultId()}`])
    expect(states.at(-1)).toBe('ready')
  })

  it('cannot bring back a vault that was given up meanwhile', async () => {
    const machine = createMachine()
    const first = machine.start()
    await first.create({ kind: 'keychain' })
    const prompt = gate()
    machine.keychain.held = prompt.opened

    const vault = machine.start()
    const opening = vault.open()
    expect(await vault.reset()).toMatchObject({ state: 'empty' })
    expect(await vault.open()).toMatchObject({ state: 'empty' })
    expect(await vault.create({ kind: 'session' })).toMatchObject({ state: 'ready', kind: 'session' })
    const made = vault.vaultId()
    prompt.open()
    await opening
    expect(vault.vaultId()).toBe(made)
    expect(vault.status()).toMatchObject({ state: 'ready', kind: 'session' })
  })

  it('does not finish a vault that was given up while it was made', async () => {
    const machine = createMachine()
    const vault = machine.start()
    await vault.open()
    const prompt = gate()
    machine.keychain.held = prompt.opened
    const creating = vault.create({ kind: 'keychain' })
    await expect.poll(() => machine.keychain.asked).toHaveLength(1)
    await vault.reset()
    await vault.create({ kind: 'session' })
    const made = machine.slot.text
    prompt.open()
    await expect(creating).rejects.toEqual(failing(VaultError.NotCreated))
    expect(vault.status()).toMatchObject({ state: 'ready', kind: 'session' })
    expect(machine.slot.text).toBe(made)
    await expect.poll(() => machine.keychain.entries.size).toBe(0)
  })
})
