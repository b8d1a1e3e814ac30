import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import { endChild, startChild } from '@test/helpers/child'
import { findProgram } from '@test/helpers/programs'

/** The Electron of `ELECTRON_OVERRIDE_DIST_PATH`, or the one that the package electron has downloaded; else null. */
export const testElectron: string | null = findElectron()

/** Why the desktop shell cannot be driven here, or null: to be named where tests are skipped for it. */
export const electronMissing: string | null =
  testElectron === null ? 'no Electron on this computer' : hasDisplay() || findProgram('Xvfb') ? null : 'no display'

function findElectron(): string | null {
  const folder = join(PROJECT_FOLDER, 'node_modules/electron')
  const written = join(folder, 'path.txt')
  const name = existsSync(written) ? readFileSync(written, 'utf8') : 'electron'
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name)
  return existsSync(path) ? path : null
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY)
}

export interface Display {
  /** To be laid over the environment of what shows windows. */
  env: Record<string, string>
  stop(): Promise<void>
}

/** The display of this session, or a new one that shows nothing to anybody. */
export async function startDisplay(): Promise<Display> {
  if (hasDisplay()) return { env: {}, stop: () => Promise.resolve() }
  const server = startChild('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = server.stdio[3] as Readable
  const [said] = (await once(number, 'data')) as [Buffer]
  return {
    env: { DISPLAY: `:${said.toString().trim()}` },
    stop: async () => {
      await endChild(server, 'SIGTERM')
    },
  }
}
