import type * as KeytarModule from 'keytar'
import type { Logger } from '@main/platform/logger'
import type { Keychain } from './keychain'

type Keytar = typeof KeytarModule

/** An account that never has an entry: vault ids are UUIDs. */
const PROBE_ACCOUNT = 'availability'

export interface OsKeychain extends Keychain {
  /**
   * Whether the system has not answered yet, perhaps because it asks the user for a password. A process cannot end in
   * the usual ways then: `process.exit` waits for the answer too. Who has closed everything else may kill itself.
   */
  isWaiting(): boolean
}

/**
 * The keychain of macOS, the Credential Manager of Windows, or the Secret Service of Linux, through keytar. keytar's
 * native library is loaded at the first use, so that a start never waits for it; where it cannot be loaded (no
 * libsecret), every call fails and `isAvailable` answers false.
 */
export function createOsKeychain(options: { logger: Logger; service?: string }): OsKeychain {
  const service = options.service ?? 'Fabula'
  // A failure is kept too: the native library does not appear while the app runs.
  let loading: Promise<Keytar> | null = null
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  /** One call at a time: each blocks one of Node's four threads, and files and DNS need them too. */
  const ask = <T>(call: (keytar: Keytar) => Promise<T>): Promise<T> => {
    const answer = last.then(async () => {
      waiting += 1
      try {
        return await call(await (loading ??= loadKeytar()))
      } finally {
        waiting -= 1
      }
    })
    last = answer.catch(() => {})
    return answer
  }

  return {
    isWaiting: () => waiting > 0,
    async isAvailable() {
      try {
        await ask((keytar) => keytar.getPassword(service, PROBE_ACCOUNT))
        return true
      } catch (error) {
        options.logger.info('The keychain cannot be used', { error })
        return false
      }
    },
    getPassword: (account) => ask((keytar) => keytar.getPassword(service, account)),
    setPassword: (account, password) => ask((keytar) => keytar.setPassword(service, account, password)),
    deletePassword: (account) => ask((keytar) => keytar.deletePassword(service, account)),
  }
}

/** keytar is CommonJS: all of its functions are on the default export, which its types do not name. */
async function loadKeytar(): Promise<Keytar> {
  const loaded: Keytar & { default?: Keytar } = await import('keytar')
  return loaded.default ?? loaded
}
