import { z } from 'zod'
import { Language } from '../values'

/** How the window looks and speaks, and what is kept for how long. Never a secret and never the user's work. */
export const Preferences = z.strictObject({
  language: z.enum(['system', ...Language.options]),
  theme: z.enum(['system', 'light', 'dark']),
  railCollapsed: z.boolean(),
  castOpen: z.boolean(),
  /** Prose size in CSS pixels, 14 to 26. */
  proseSize: z.number().int().min(14).max(26),
  /** Characters to a line, 45 to 90. */
  measure: z.number().int().min(45).max(90),
  /** What the newest turns sent and got is kept: of so many, and in so many megabytes at most. */
  turnsKept: z.number().int().min(10).max(100_000),
  turnMegabytes: z.number().int().min(10).max(100_000),
  /** Newer versions of Fabula may be asked for; without it nothing is asked of anybody. */
  checkUpdates: z.boolean(),
  /** The first-run guide was finished or left. */
  guideDone: z.boolean(),
})
export type Preferences = z.infer<typeof Preferences>

export const defaultPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  railCollapsed: false,
  castOpen: true,
  proseSize: 18,
  measure: 66,
  turnsKept: 2000,
  turnMegabytes: 200,
  checkUpdates: true,
  guideDone: false,
}
