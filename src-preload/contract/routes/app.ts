import { z } from 'zod'
import { command, query } from '../route'
import { ErrorShape } from '../errors'
import { Preferences } from '../entities/preferences'
import { Language, Nothing } from '../values'

export const AppStatus = z.strictObject({
  version: z.string(),
  shell: z.enum(['desktop', 'browser']),
  dataDir: z.string(),
  /** The language of the operating system, as far as Fabula speaks it. */
  systemLanguage: Language,
  /** Why nothing can be saved in this session, or null when all is well. */
  storageProblem: ErrorShape.nullable(),
})
export type AppStatus = z.infer<typeof AppStatus>

export const appRoutes = {
  'app.status': query(Nothing, AppStatus, ['storage']),
  'preferences.get': query(Nothing, Preferences, ['preferences']),
  'preferences.set': command(Preferences.partial(), Preferences),
}
