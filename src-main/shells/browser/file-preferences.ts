import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Preferences, defaultPreferences } from '@contract/entities/preferences'
import type { PreferenceStore } from '@main/platform/preferences'

/** Preferences in `preferences.json` of the data folder. A folder that cannot be written keeps them for the session. */
export function createFilePreferences(folder: string): PreferenceStore {
  const file = join(folder, 'preferences.json')
  let current = read(file)
  return {
    get: () => current,
    set: (patch) => {
      current = { ...current, ...patch }
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(`${file}.new`, JSON.stringify(current, null, 2))
        renameSync(`${file}.new`, file)
      } catch {
        // How the window looks is not worth an alarm: the banner about the folder says that nothing is kept.
      }
      return current
    },
  }
}

function read(file: string): Preferences {
  try {
    const stored = Preferences.partial().safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return { ...defaultPreferences, ...(stored.success ? stored.data : {}) }
  } catch {
    return defaultPreferences
  }
}
