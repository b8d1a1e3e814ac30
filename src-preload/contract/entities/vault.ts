import { z } from 'zod'
import { ErrorCode } from '../errors'

/**
 * Where the master key lives: `keychain` in the operating system's keychain; `passphrase` wrapped by a key made from
 * the user's passphrase; `session` in memory until the app closes; `environment` in FABULA_VAULT_KEY.
 */
export const VaultKind = z.enum(['keychain', 'passphrase', 'session', 'environment'])
export type VaultKind = z.infer<typeof VaultKind>

/**
 * `opening`: the keychain has not answered yet; `empty`: no vault was made yet; `ready`: keys can be stored and used;
 * `locked`: there is a vault, and its master key cannot be had now.
 */
export const VaultState = z.enum(['opening', 'empty', 'ready', 'locked'])
export type VaultState = z.infer<typeof VaultState>

export const VaultStatus = z.strictObject({
  state: VaultState,
  kind: VaultKind.nullable(),
  /** Why it is locked, or why the keychain cannot be used. */
  reason: ErrorCode.nullable(),
  /** Whether this machine has a keychain that works; null until it was asked. */
  keychainAvailable: z.boolean().nullable(),
})
export type VaultStatus = z.infer<typeof VaultStatus>

/** 8 to 1,000 characters. */
export const Passphrase = z.string().max(1000)
