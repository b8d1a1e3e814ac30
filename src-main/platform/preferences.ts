import type { Preferences } from '@contract/entities/preferences'

/** How the window looks and speaks: kept by each shell in its own way, and never with the user's work. */
export interface PreferenceStore {
  get(): Preferences
  set(patch: Partial<Preferences>): Preferences
}
