import { z } from 'zod'
import { command, query } from '../route'
import { ErrorShape } from '../errors'
import { Preferences } from '../entities/preferences'
import { Language, Nothing } from '../values'

export const AppStatus = z.strictObject({
  version: z.string(),
  /** `gateway`: the gateway alone, which nobody looks at. */
  shell: z.enum(['desktop', 'browser', 'gateway']),
  dataDir: z.string(),
  /** The language of the operating system, as far as Fabula speaks it. */
  systemLanguage: Language,
  /** Why nothing can be saved in this session, or null when all is well. */
  storageProblem: ErrorShape.nullable(),
  /** What the check of the database found wrong although it can be used, or null. */
  storageDamage: ErrorShape.nullable(),
})
export type AppStatus = z.infer<typeof AppStatus>

export const appRoutes = {
  'app.status': query(Nothing, AppStatus, ['storage']),
  /**
   * Tries again to open a data folder that could not be written, and then asks everything anew (`storage.reopened`).
   * `empty` gives up a database that is missing. Answers with what still stands in the way, or null.
   */
  'storage.reopen': command(z.strictObject({ empty: z.boolean().default(false) }), ErrorShape.nullable()),
  'preferences.get': query(Nothing, Preferences, ['preferences']),
  'preferences.set': command(Preferences.partial(), Preferences),
}
