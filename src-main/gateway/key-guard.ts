import type { GatewayKeyRef } from '@contract/entities/gateway'
import type { GatewayKeyId } from '@contract/ids'
import type { ExpectedUse } from './expected-use'

/** Holds what a program has begun, and may not wait for, to the limits of its key. Requests per minute are none of it. */
export interface KeyGuard {
  /**
   * The key, where it may ask a model now. Throws `gateway_key_gone`, `gateway_key_may_not`, `gateway_key_spent`.
   *
   * @param model by its canonical name
   */
  check(id: GatewayKeyId, model: string): GatewayKeyRef
  /** Follows work that asks a model with a key, until it is closed. */
  follow(key: GatewayKeyRef, model: string): KeyPass
}

/** What lets work go on with a key. */
export interface KeyPass {
  /** Aborts with `gateway_key_gone` when the key is revoked. */
  signal: AbortSignal
  /** Lets a request through that takes about so much, in the place of the one before it. Throws as `check` does. */
  admit(use: ExpectedUse): void
  close(): void
}
