import type { ErrorShape } from '@contract/errors'
import type { AppStatus, ShippedLicence } from '@contract/routes/app'
import type { EventHub } from '@main/platform/event-hub'
import type { PreferenceStore } from '@main/platform/preferences'
import type { HandlersOf } from './router'

/** Opens the data folder again, with an empty database if wanted; gives what still stands in the way, or null. */
export type Reopen = (empty: boolean) => Promise<ErrorShape | null>

export const appHandlers = (ports: {
  status: () => AppStatus
  licences: () => Promise<ShippedLicence[]>
  preferences: PreferenceStore
  events: EventHub
  reopen: Reopen
}): HandlersOf<'app' | 'storage' | 'preferences'> => ({
  'app.status': () => ports.status(),
  'app.licences': () => ports.licences(),
  'storage.reopen': ({ empty }) => ports.reopen(empty),
  'preferences.get': () => ports.preferences.get(),
  'preferences.set': (patch) => {
    const preferences = ports.preferences.set(patch)
    ports.events.changed('preferences')
    return preferences
  },
})
