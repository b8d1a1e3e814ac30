import { VaultError } from '@contract/errors'
import type { Vault } from '@main/secrets/vault'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createMachine } from './vault-ports'

const failing = (code: string) => expect.objectContaining({ code })
const text = fc.string({ unit: 'grapheme' })

describe('sealing', () => {
  let vault: Vault
  let other: Vault
  beforeAll(async () => {
    vault = createMachine().start()
    other = createMachine().start()
    await Promise.all([vault.create({ kind: 'session' }), other.create({ kind: 'session' })])
  })

  it('gives back what was sealed, whatever it is', () => {
    fc.assert(
      fc.property(text, text, (secret, context) => {
        expect(vault.reveal(vault.seal(secret, context), context)).toBe(secret)
      })
    )
  })

  it('opens in no other context', () => {
    fc.assert(
      fc.property(text, text, text, (secret, context, elsewhere) => {
        fc.pre(context !== elsewhere)
        const sealed = vault.seal(secret, context)
        expect(() => vault.reveal(sealed, elsewhere)).toThrow(failing(VaultError.WrongKey))
      })
    )
  })

  it('does not open when any single bit was flipped', () => {
    fc.assert(
      fc.property(text, fc.nat(), (secret, position) => {
        const { vaultId, sealed } = vault.seal(secret, 'token 1')
        const bit = position % (sealed.length * 8)
        const changed = Buffer.from(sealed)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => vault.reveal({ vaultId, sealed: changed }, 'token 1')).toThrow(failing(VaultError.WrongKey))
      })
    )
  })

  it('does not open when it was cut, or is empty', () => {
    const { vaultId, sealed } = vault.seal('sk-secret', 'token 1')
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => vault.reveal({ vaultId, sealed: sealed.subarray(0, length) }, 'token 1')).toThrow(
        failing(VaultError.WrongKey)
      )
  })

  it('does not open in another vault, even under its id', () => {
    const { sealed } = vault.seal('sk-secret', 'token 1')
    expect(() => other.reveal({ vaultId: other.vaultId() ?? '', sealed }, 'token 1')).toThrow(
      failing(VaultError.WrongKey)
    )
  })

  it('never repeats a nonce, nor shows the secret', () => {
    const sealed = Array.from({ length: 500 }, () => vault.seal('sk-secret', 'token 1').sealed)
    expect(new Set(sealed.map((bytes) => bytes.subarray(1, 13).toString('hex'))).size).toBe(500)
    expect(sealed.some((bytes) => bytes.includes('sk-secret'))).toBe(false)
  })

  it('finds the same secret again within a scope, and only there', () => {
    const mark = vault.fingerprint('sk-secret', 'provider a')
    expect(mark).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(vault.fingerprint('sk-secret', 'provider a')).toBe(mark)
    expect(vault.fingerprint('sk-secret', 'provider b')).not.toBe(mark)
    expect(other.fingerprint('sk-secret', 'provider a')).not.toBe(mark)
    expect(vault.fingerprint('bc', 'a')).not.toBe(vault.fingerprint('c', 'ab'))
  })
})
