/** The operating system's keychain, where Fabula keeps one entry for each vault: its master key. */
export interface Keychain {
  /** Whether there is a keychain that answers. Asks it for an entry that never exists, and leaves no trace. */
  isAvailable(): Promise<boolean>
  /**
   * The entry, or null when the keychain does not give it: it has none, it is locked, or the user refused. Which of
   * them, no keychain says. May take as long as the user takes to answer a prompt. Throws when it cannot be asked.
   */
  getPassword(account: string): Promise<string | null>
  setPassword(account: string, password: string): Promise<void>
  /** Whether there was an entry to delete. */
  deletePassword(account: string): Promise<boolean>
}
