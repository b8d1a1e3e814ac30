import type { Keychain } from '@main/secrets/keychain'
import { createVaultRecordStore, type TextSlot } from '@main/secrets/vault-record'
import { createVault, type Vault } from '@main/secrets/vault'
import { silentLogger } from '@main/platform/logger'

/** What outlives a start of the app: the stored record and the keychain's entries. */
export interface Machine {
  slot: TextSlot & { text: string | null }
  keychain: Keychain & {
    entries: Map<string, string>
    asked: string[]
    /** `locked` gives nothing, as a locked gnome-keyring does; `gone` fails, as without D-Bus. */
    mode: 'working' | 'locked' | 'gone'
    /** While it is set, every answer about an entry waits for it. */
    held: Promise<void> | null
  }
  /** A fresh process on this machine. */
  start(environmentKey?: string): Vault
}

export function createMachine(): Machine {
  const slot: Machine['slot'] = {
    text: null,
    read: () => slot.text,
    write: (text) => void (slot.text = text),
    clear: () => void (slot.text = null),
  }
  const answer = async (what: string) => {
    keychain.asked.push(what)
    await keychain.held
    if (keychain.mode === 'gone') throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
  }
  const keychain: Machine['keychain'] = {
    entries: new Map(),
    asked: [],
    mode: 'working',
    held: null,
    isAvailable: () => Promise.resolve(keychain.mode !== 'gone'),
    async getPassword(account) {
      await answer(`get ${account}`)
      return keychain.mode === 'locked' ? null : (keychain.entries.get(account) ?? null)
    },
    async setPassword(account, password) {
      await answer(`set ${account}`)
      if (keychain.mode === 'locked') throw new Error('Cannot create an item in a locked collection')
      keychain.entries.set(account, password)
    },
    async deletePassword(account) {
      await answer(`delete ${account}`)
      return keychain.mode === 'working' && keychain.entries.delete(account)
    },
  }
  const records = createVaultRecordStore(slot)
  return {
    slot,
    keychain,
    start: (environmentKey) => createVault({ records, keychain, environmentKey, logger: silentLogger }),
  }
}

/** A promise and the function that fulfils it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}
