import type { Page } from 'playwright-core'

/** Fabula with its window, in either shell. */
export interface RunningApp {
  page: Page
  /** What went wrong in the window since it opened; to be empty at the end of a test. */
  troubles: readonly string[]
  /** Ends it as a user does. */
  quit(): Promise<void>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}
