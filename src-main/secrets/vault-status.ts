import type { VaultStatus } from '@contract/entities/vault'
import type { Logger } from '@main/platform/logger'

export type StatusListener = (status: VaultStatus) => void

/** The vault's status, which tells its listeners when it really changed. */
export interface ObservedStatus {
  current: () => VaultStatus
  change: (part: Partial<VaultStatus>) => VaultStatus
  /** Returns the function that ends the subscription. */
  onChange: (listener: StatusListener) => () => void
}

export function createObservedStatus(logger: Logger): ObservedStatus {
  let status: VaultStatus = { state: 'opening', kind: null, reason: null, keychainAvailable: null }
  const listeners = new Set<StatusListener>()

  return {
    current: () => status,
    change(part) {
      const next = { ...status, ...part }
      if (same(status, next)) return status
      status = next
      for (const listener of listeners) tell(listener, next, logger)
      return status
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const same = (a: VaultStatus, b: VaultStatus): boolean =>
  a.state === b.state && a.kind === b.kind && a.reason === b.reason && a.keychainAvailable === b.keychainAvailable

/** A listener that fails must not keep the vault from opening. */
function tell(listener: StatusListener, status: VaultStatus, logger: Logger): void {
  try {
    listener(status)
  } catch (error) {
    logger.error('A listener of the vault failed', { error })
  }
}
