import { useQueryClient } from '@tanstack/react-query'
import { defaultPreferences, type Preferences } from '@contract/entities/preferences'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { notifyError } from './notify'

/**
 * The preferences as they are (defaults until they are read), and a function that changes some of them. A change shows
 * at once and is taken back if it cannot be saved.
 */
export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const client = useQueryClient()
  const { data } = useRoute('preferences.get', {})
  const preferences = data ?? defaultPreferences
  const change = (part: Partial<Preferences>) => {
    const key = ['preferences.get', {}]
    client.setQueryData(key, { ...preferences, ...part })
    request('preferences.set', part).catch((error: unknown) => {
      notifyError(error)
      void client.invalidateQueries({ queryKey: key })
    })
  }
  return [preferences, change]
}
