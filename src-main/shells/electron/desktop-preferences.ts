import Store from 'electron-store'
import { z } from 'zod'
import { Preferences, defaultPreferences } from '@contract/entities/preferences'
import type { PreferenceStore } from '@main/platform/preferences'

/** Where the window stood. Pixels. */
const Bounds = z.object({ x: z.number(), y: z.number(), width: z.number().min(400), height: z.number().min(300) })
export type Bounds = z.infer<typeof Bounds>

export interface DesktopPreferences extends PreferenceStore {
  bounds(): Bounds | null
  saveBounds(bounds: Bounds): void
}

/** Preferences and the place of the window, in `preferences.json` of the data folder. */
export function createDesktopPreferences(folder: string): DesktopPreferences {
  const store = new Store<Record<string, unknown>>({ name: 'preferences', cwd: folder, clearInvalidConfig: true })
  const get = (): Preferences => {
    const stored = Preferences.partial().safeParse(
      Object.fromEntries(Object.keys(defaultPreferences).map((key) => [key, store.get(key)]))
    )
    const known = stored.success ? Object.entries(stored.data).filter(([, value]) => value !== undefined) : []
    return { ...defaultPreferences, ...Object.fromEntries(known) }
  }
  // A folder that cannot be written keeps them for the session; its banner says so.
  let unsaved: Partial<Preferences> = {}
  return {
    get: () => ({ ...get(), ...unsaved }),
    set: (patch) => {
      try {
        store.set({ ...unsaved, ...patch })
        unsaved = {}
      } catch {
        unsaved = { ...unsaved, ...patch }
      }
      return { ...get(), ...unsaved }
    },
    bounds: () => Bounds.safeParse(store.get('window')).data ?? null,
    saveBounds: (bounds) => {
      try {
        store.set('window', bounds)
      } catch {
        // Not worth an alarm: the window opens in its usual place next time.
      }
    },
  }
}
