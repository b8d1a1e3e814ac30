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
  /** Why the last backup that was due could not be made, or null. */
  backupProblem: ErrorShape.nullable(),
})
export type AppStatus = z.infer<typeof AppStatus>

/** A package that is part of the app. */
export const ShippedLicence = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** An SPDX expression. */
  licence: z.string(),
  /** Empty where the package brings none: the expression says which it is. */
  text: z.string(),
})
export type ShippedLicence = z.infer<typeof ShippedLicence>

export const appRoutes = {
  /** Of everything that the app is made of; none while it runs from its sources. */
  'app.licences': query(Nothing, z.array(ShippedLicence), []),
  'app.status': query(Nothing, AppStatus, ['storage']),
  /**
   * Tries again to open a data folder that could not be written, and then asks everything anew (`storage.reopened`).
   * `empty` gives up a database that is missing. Answers with what still stands in the way, or null.
   */
  'storage.reopen': command(z.strictObject({ empty: z.boolean().default(false) }), ErrorShape.nullable()),
  'preferences.get': query(Nothing, Preferences, ['preferences']),
  'preferences.set': command(Preferences.partial(), Preferences),
}
