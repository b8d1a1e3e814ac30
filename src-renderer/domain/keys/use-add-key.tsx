import { useState, type ReactNode } from 'react'
import { FabulaError, type ErrorCode } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { NewToken, Token, TokenCheck } from '@contract/entities/token'
import { request } from '@renderer/api/bridge'
import { useVaultGate } from '@renderer/domain/vault/use-vault-gate'

/** The key may be right all the same: the provider did not say that it is wrong. */
const undecided: ReadonlySet<ErrorCode> = new Set([
  'provider_unreachable',
  'provider_broke_off',
  'provider_timed_out',
  'provider_payment_required',
  'provider_rate_limited',
  'provider_overloaded',
  'provider_server_failed',
  'provider_bad_answer',
])

export interface AddedKey {
  token: Token
  /** What the live check found; null when the key was added without it. */
  check: TokenCheck | null
}

export interface AddKey {
  /** Checks the key live and stores it. Null: it was not stored; `error` says why, unless the user gave up. */
  add: (key: { providerId: ProviderId; name: string; secret: string }, anyway?: boolean) => Promise<AddedKey | null>
  pending: boolean
  error: FabulaError | null
  /** The check came to nothing, so the user may store the key unchecked. */
  canAddAnyway: boolean
  /** Forgets the error, when the user changes what they typed. */
  clear: () => void
  /** Dialogs that ask where to keep keys; must stand in the page. */
  dialog: ReactNode
}

/** Adding a key: the live check, then the vault, then the store. */
export function useAddKey(): AddKey {
  const { openVault, dialog } = useVaultGate()
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<FabulaError | null>(null)

  const store = async (key: NewToken, anyway: boolean): Promise<AddedKey | null> => {
    const check = anyway ? null : await request('tokens.probe', { providerId: key.providerId, secret: key.secret })
    if (!(await openVault())) return null
    return {
      token: await request('tokens.add', { ...key, checked: check !== null && !check.answersWithoutKey }),
      check,
    }
  }
  const add: AddKey['add'] = async (key, anyway = false) => {
    setPending(true)
    setError(null)
    try {
      return await store(key, anyway)
    } catch (thrown) {
      setError(thrown instanceof FabulaError ? thrown : new FabulaError('internal', String(thrown)))
      return null
    } finally {
      setPending(false)
    }
  }
  return {
    add,
    pending,
    error,
    canAddAnyway: error !== null && undecided.has(error.code),
    clear: () => setError(null),
    dialog,
  }
}
