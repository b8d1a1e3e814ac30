import type { AppStatus } from '@contract/routes/app'
import type { EventHub } from '@main/platform/event-hub'
import type { PreferenceStore } from '@main/platform/preferences'
import type { HandlersOf } from './router'

export const appHandlers = (ports: {
  status: () => AppStatus
  preferences: PreferenceStore
  events: EventHub
}): HandlersOf<'app' | 'preferences'> => ({
  'app.status': () => ports.status(),
  'preferences.get': () => ports.preferences.get(),
  'preferences.set': (patch) => {
    const preferences = ports.preferences.set(patch)
    ports.events.changed('preferences')
    return preferences
  },
})
