import { CommonError, FabulaError, VaultError, type ErrorCode } from '@contract/errors'
import type { VaultKind, VaultStatus } from '@contract/entities/vault'
import type { Logger } from '@main/platform/logger'
import { v7 } from 'uuid'
import type { Keychain } from './keychain'
import { checkValue, consumeMasterKey, newMasterKey, opens, type VaultKeys } from './master-key'
import { createInKeychain, dropFromKeychain, readFromEnvironment, readFromKeychain } from './master-key-sources'
import { unwrapMasterKey, wrapMasterKey } from './passphrase'
import { remembered, type VaultRecord, type VaultRecordStore } from './vault-record'
import { createObservedStatus, type StatusListener } from './vault-status'

export type VaultChoice = { kind: 'keychain' } | { kind: 'passphrase'; passphrase: string } | { kind: 'session' }

export interface VaultLifecycle {
  status: () => VaultStatus
  open: () => Promise<VaultStatus>
  create: (choice: VaultChoice) => Promise<VaultStatus>
  unlock: (passphrase?: string) => Promise<VaultStatus>
  reset: () => Promise<VaultStatus>
  vaultId: () => string | null
  onChange: (listener: StatusListener) => () => void
  /** @throws FabulaError NotCreated, Locked */
  keys: () => VaultKeys
}

/** How a vault comes to be, opens, locks and is given up. Only `create` ever makes a key; only `reset` drops one. */
export function createVaultLifecycle(ports: {
  records: VaultRecordStore
  keychain: Keychain
  environmentKey: string | undefined
  logger: Logger
}): VaultLifecycle {
  const { records, keychain, environmentKey, logger } = ports
  const status = createObservedStatus(logger)
  let keys: VaultKeys | null = null
  let lockedVaultId: string | null = null
  let keychainGaveEntry = false
  let opening: Promise<VaultStatus> | null = null
  /** Makes creating and unlocking wait for each other. */
  let queue: Promise<unknown> = Promise.resolve()
  /** Grows when a vault opens or is given up, so that a late answer about the one before is dropped. */
  let generation = 0

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work)
    queue = result.catch(() => {})
    return result
  }

  const openWith = (masterKey: Buffer, vaultId: string, kind: VaultKind): VaultStatus => {
    generation += 1
    keys = consumeMasterKey(masterKey, vaultId)
    lockedVaultId = null
    logger.info('The vault is open', { kind, vaultId })
    return status.change({ state: 'ready', kind, reason: null })
  }

  const lock = (kind: VaultKind | null, reason: ErrorCode | null): VaultStatus => {
    const facts = { kind, reason, vaultId: lockedVaultId }
    if (reason === null) logger.info('The vault waits for its passphrase', facts)
    else logger.warn('The vault is locked', facts)
    return status.change({ state: 'locked', kind, reason })
  }

  const learnAvailability = async (): Promise<VaultStatus> => {
    const keychainAvailable = await keychain.isAvailable()
    const { state, reason } = status.current()
    return status.change({ keychainAvailable, reason: state === 'empty' ? whyEmpty(keychainAvailable) : reason })
  }

  const openFromEnvironment = (text: string, record: VaultRecord | null): VaultStatus => {
    const found = readFromEnvironment(text, record)
    if (found.masterKey === null) return lock('environment', found.reason)
    const vaultId = record?.vaultId ?? v7()
    if (record === null)
      records.write({ version: 1, vaultId, kind: 'environment', check: checkValue(found.masterKey, vaultId) })
    return openWith(found.masterKey, vaultId, 'environment')
  }

  const openFromKeychain = async (record: VaultRecord): Promise<VaultStatus> => {
    const mine = generation
    status.change({ state: 'opening', kind: 'keychain', reason: null })
    const answer = await readFromKeychain(keychain, record, logger)
    if (mine !== generation) {
      answer.masterKey?.fill(0)
      return status.current()
    }
    keychainGaveEntry = answer.entryGiven
    status.change({ keychainAvailable: answer.keychainAvailable })
    if (answer.masterKey === null) return lock('keychain', answer.reason)
    return openWith(answer.masterKey, record.vaultId, 'keychain')
  }

  const attempt = async (): Promise<VaultStatus> => {
    try {
      const record = remembered(records)
      lockedVaultId = record?.vaultId ?? null
      if (environmentKey !== undefined) return openFromEnvironment(environmentKey, record)
      if (record?.kind === 'keychain') return await openFromKeychain(record)
      if (record === null) status.change({ state: 'empty', kind: null, reason: null })
      else lock(record.kind, record.kind === 'environment' ? VaultError.BadEnvironmentKey : null)
      return await learnAvailability()
    } catch (error) {
      logger.error('The vault could not be opened', { error })
      return lock(null, error instanceof FabulaError ? error.code : CommonError.Internal)
    }
  }

  const open = (): Promise<VaultStatus> => {
    if (keys !== null) return Promise.resolve(status.current())
    if (opening !== null) return opening
    const running = attempt().finally(() => {
      if (opening === running) opening = null
    })
    opening = running
    return running
  }

  const make = async (choice: VaultChoice, vaultId: string): Promise<{ masterKey: Buffer; record: VaultRecord }> => {
    const masterKey = choice.kind === 'keychain' ? await createInKeychain(keychain, vaultId) : newMasterKey()
    const common = { version: 1 as const, vaultId, check: checkValue(masterKey, vaultId) }
    if (choice.kind !== 'passphrase') return { masterKey, record: { ...common, kind: choice.kind } }
    const wrapped = await wrapMasterKey(masterKey, choice.passphrase, vaultId)
    return { masterKey, record: { ...common, kind: 'passphrase', wrapped } }
  }

  const create = async (choice: VaultChoice): Promise<VaultStatus> => {
    if (environmentKey !== undefined && (await open()).state === 'locked') throw notOpen(status.current())
    if (keys !== null || remembered(records) !== null)
      throw new FabulaError(VaultError.AlreadyExists, 'There is a vault already')
    const mine = generation
    const vaultId = v7()
    try {
      const { masterKey, record } = await make(choice, vaultId)
      if (mine !== generation) throw new FabulaError(VaultError.NotCreated, 'The vault was given up while it was made')
      records.write(record)
      if (choice.kind === 'keychain') {
        keychainGaveEntry = true
        status.change({ keychainAvailable: true })
      }
      return openWith(masterKey, vaultId, choice.kind)
    } catch (error) {
      if (choice.kind === 'keychain') {
        dropFromKeychain(keychain, vaultId, logger)
        void learnAvailability()
      }
      throw error
    }
  }

  const unlockWithPassphrase = async (passphrase: string): Promise<VaultStatus> => {
    const record = keys === null ? remembered(records) : null
    if (record?.kind !== 'passphrase') return status.current()
    const mine = generation
    const masterKey = await unwrapMasterKey(record.wrapped, passphrase, record.vaultId)
    if (mine !== generation) {
      masterKey?.fill(0)
      return status.current()
    }
    if (masterKey !== null && opens(masterKey, record)) return openWith(masterKey, record.vaultId, 'passphrase')
    const reason = masterKey === null ? VaultError.WrongPassphrase : VaultError.WrongKey
    masterKey?.fill(0)
    lockedVaultId = record.vaultId
    return lock('passphrase', reason)
  }

  const unlock = async (passphrase?: string): Promise<VaultStatus> => {
    const byPassphrase = environmentKey === undefined && passphrase !== undefined
    const opened =
      byPassphrase && remembered(records)?.kind === 'passphrase'
        ? await inTurn(() => unlockWithPassphrase(passphrase))
        : await open()
    if (opened.state !== 'ready') throw notOpen(opened)
    return opened
  }

  const reset = (): Promise<VaultStatus> => {
    const vaultId = keys?.vaultId ?? lockedVaultId
    records.clear()
    generation += 1
    keys = null
    lockedVaultId = null
    opening = null
    queue = Promise.resolve()
    // Only where the keychain has been giving the entry: a locked one would ask the user for a password now.
    if (keychainGaveEntry && vaultId !== null) dropFromKeychain(keychain, vaultId, logger)
    keychainGaveEntry = false
    logger.info('The vault was given up', { vaultId })
    if (environmentKey !== undefined) return open()
    const { keychainAvailable } = status.current()
    if (keychainAvailable === null) void learnAvailability()
    return Promise.resolve(status.change({ state: 'empty', kind: null, reason: whyEmpty(keychainAvailable) }))
  }

  return {
    status: status.current,
    onChange: status.onChange,
    open,
    create: (choice) => inTurn(() => create(choice)),
    unlock,
    // Async, so that a storage that cannot be cleared gives a rejection.
    reset: async () => reset(),
    vaultId: () => keys?.vaultId ?? lockedVaultId,
    keys() {
      if (keys === null) throw notReady(status.current())
      return keys
    },
  }
}

const whyEmpty = (keychainAvailable: boolean | null): ErrorCode | null =>
  keychainAvailable === false ? VaultError.KeychainUnavailable : null

/** Why something that needs an open vault cannot be done. */
function notReady({ state, reason }: VaultStatus): FabulaError {
  if (state === 'empty') return new FabulaError(VaultError.NotCreated, 'There is no vault yet')
  const message = state === 'opening' ? 'The keychain has not answered yet' : 'The vault is locked'
  return new FabulaError(VaultError.Locked, message, { details: { reason }, retryable: state === 'opening' })
}

/** Why opening failed. */
const notOpen = (status: VaultStatus): FabulaError =>
  status.state === 'locked' && status.reason !== null
    ? new FabulaError(status.reason, 'The vault stays locked')
    : notReady(status)
