import { useRef, useState, type ReactNode } from 'react'
import { FabulaError } from '@contract/errors'
import type { VaultStatus } from '@contract/entities/vault'
import { bridge, request } from '@renderer/api/bridge'
import { VaultCreateDialog } from './VaultCreateDialog'
import { VaultUnlockDialog } from './VaultUnlockDialog'

const OPENING_MS = 15_000

/** The vault's state once the keychain has answered, or after 15 seconds whatever it is. */
async function settledStatus(): Promise<VaultStatus> {
  const status = await request('vault.status', {})
  if (status.state !== 'opening') return status
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, OPENING_MS)
    const stop = bridge().subscribe((event) => {
      if (event.name !== 'data.changed' || !event.payload.topics.includes('vault')) return
      clearTimeout(timer)
      stop()
      resolve()
    })
  })
  return request('vault.status', {})
}

/** Makes a vault in the system's keychain; false when the keychain would not have it and the user must choose. */
async function createInKeychain(): Promise<boolean> {
  try {
    await request('vault.create', { kind: 'keychain' })
    return true
  } catch (error) {
    if (error instanceof FabulaError && error.code.startsWith('vault_')) return false
    throw error
  }
}

/**
 * Before a key is stored: `const { openVault, dialog } = useVaultGate()`, put `dialog` into the page, and go on only if
 * `await openVault()` is true. It makes the vault in the system's keychain without a word where there is one, asks where
 * there is none, and asks to unlock one that is locked. False: the user gave up.
 */
export function useVaultGate(): { openVault: () => Promise<boolean>; dialog: ReactNode } {
  const [asking, setAsking] = useState<'create' | 'unlock' | null>(null)
  const answer = useRef<(ready: boolean) => void>(undefined)
  const finish = (ready: boolean) => {
    setAsking(null)
    answer.current?.(ready)
    answer.current = undefined
  }
  const ask = (what: 'create' | 'unlock') => {
    setAsking(what)
    return new Promise<boolean>((resolve) => {
      answer.current = resolve
    })
  }
  const openVault = async () => {
    const status = await settledStatus()
    if (status.state === 'ready') return true
    if (status.state !== 'empty') return ask('unlock')
    if (status.keychainAvailable === true && (await createInKeychain())) return true
    return ask('create')
  }
  const dialog = (
    <>
      <VaultCreateDialog opened={asking === 'create'} onCreated={() => finish(true)} onCancel={() => finish(false)} />
      <VaultUnlockDialog opened={asking === 'unlock'} onUnlocked={() => finish(true)} onClose={() => finish(false)} />
    </>
  )
  return { openVault, dialog }
}
