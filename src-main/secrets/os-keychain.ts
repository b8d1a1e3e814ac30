import type * as KeytarModule from 'keytar'
import type { Logger } from '@main/platform/logger'
import type { Keychain } from './keychain'

type Keytar = typeof KeytarModule

/** An account that never has an entry: vault ids are UUIDs. */
const PROBE_ACCOUNT = 'availability'

/**
 * The keychain of macOS, the Credential Manager of Windows, or the Secret Service of Linux, through keytar. keytar's
 * native library is loaded at the first use, so that a start never waits for it; where it cannot be loaded (no
 * libsecret), every call fails and `isAvailable` answers false.
 */
export function createOsKeychain(options: { logger: Logger; service?: string }): Keychain {
  const service = options.service ?? 'Fabula'
  // A failure is kept too: the native library does not appear while the app runs.
  let loading: Promise<Keytar> | null = null
  const keytar = () => (loading ??= loadKeytar())

  return {
    async isAvailable() {
      try {
        await (await keytar()).getPassword(service, PROBE_ACCOUNT)
        return true
      } catch (error) {
        options.logger.info('The keychain cannot be used', { error })
        return false
      }
    },
    getPassword: async (account) => (await keytar()).getPassword(service, account),
    setPassword: async (account, password) => (await keytar()).setPassword(service, account, password),
    deletePassword: async (account) => (await keytar()).deletePassword(service, account),
  }
}

/** keytar is CommonJS: all of its functions are on the default export, which its types do not name. */
async function loadKeytar(): Promise<Keytar> {
  const loaded: Keytar & { default?: Keytar } = await import('keytar')
  return loaded.default ?? loaded
}
