import type { BackupReason } from '@contract/entities/backup'
import type { ErrorShape } from '@contract/errors'
import type { AnyEvent } from '@contract/events'
import type { Gateway as GatewayView } from '@contract/entities/gateway'
import type { AppStatus } from '@contract/routes/app'
import type { Language } from '@contract/values'
import type { Updater } from '@main/features/updates/updates'
import type { GatewayApp } from '@main/gateway/create-gateway-app'
import type { Router } from '@main/ipc/router'
import type { PreferenceStore } from '@main/platform/preferences'
import type { ProxyFor } from '@main/platform/proxies'
import type { MediaFiles } from './media'

/** What a shell brings. */
export interface CorePorts {
  dataDir: string
  shell: AppStatus['shell']
  version: string
  systemLanguage: Language
  preferences: PreferenceStore
  environment: NodeJS.ProcessEnv
  /** Asks the system for a proxy, where the shell can. */
  systemProxy?: ProxyFor
  /** What can be done about newer versions, where the shell can. */
  updater?: Updater
  /** How long programs that are being answered are waited for at the end, in milliseconds; two seconds unless said. */
  lastAnswersMs?: number
}

/**
 * Closes the core, puts the staged copy of a backup into the place of the database, and opens another core on it. `reason` says
 * why the database that is there goes to the backups. Gives what then stands in the way of using the copy, or null.
 */
export type SwapIn = (reason: BackupReason) => Promise<ErrorShape | null>

/** The whole of Fabula but the window. */
export interface Core {
  status(): AppStatus
  request: Router
  /** Answers a program that asks through the gateway. */
  answerProgram: GatewayApp
  /** Files of sound and film, for the players. */
  media: MediaFiles
  subscribe(listener: (event: AnyEvent) => void): () => void
  /** Gives the window files of the computer to take in; absolute paths. */
  openFiles(paths: readonly string[]): void
  /** Opens the vault and lets programs in for as long as the app runs, at the port that is given or the usual one. */
  runGateway(port: number | null): Promise<GatewayView>
  /** What can wait until the window is there (start-up.ts). Never throws. */
  startBackgroundWork(): Promise<void>
  /** Saves what is being written and lets go of the data folder. */
  close(): Promise<void>
  /** Logs an error that nothing else has caught (shells/uncaught-errors.ts). */
  reportUncaught(error: unknown): void
  /** The keychain has not answered a question yet. A process that exits then must kill itself: exiting would wait. */
  isKeychainWaiting(): boolean
}
