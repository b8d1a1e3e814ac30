import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import { startBrowserApp, type BrowserApp } from '@test/helpers/browser-app'

/** What the core has done since it started. */
export interface Work {
  /** Statements run on the core's main thread. */
  queries: number
  /** Bytes that the core's process has asked to read and write, of files and of connections; null where `/proc` is missing. */
  read: number | null
  written: number | null
}

export interface WatchedApp extends BrowserApp {
  work(): Promise<Work>
}

/** The browser shell of a built project in Chromium, whose core counts what it does. */
export async function startWatchedApp(options: { dataDir: string; project: string }): Promise<WatchedApp> {
  const socket = join(options.dataDir, 'bench.sock')
  const app = await startBrowserApp({
    ...options,
    env: {
      NODE_OPTIONS: `--import=${pathToFileURL(join(PROJECT_FOLDER, 'test/bench/count-queries.mjs')).href}`,
      FABULA_BENCH_SOCKET: socket,
      FABULA_BENCH_PROJECT: options.project,
    },
  })
  const work = async (): Promise<Work> => {
    const queries = Number(await text(connect(socket)))
    const io = await readFile(`/proc/${app.process.pid}/io`, 'utf8').catch(() => '')
    const field = (name: string) => {
      const value = new RegExp(`^${name}: (\\d+)$`, 'm').exec(io)?.[1]
      return value === undefined ? null : Number(value)
    }
    return { queries, read: field('rchar'), written: field('wchar') }
  }
  return { ...app, work }
}

/** What was done between two looks. */
export const between = (before: Work, after: Work): Work => ({
  queries: after.queries - before.queries,
  read: before.read === null || after.read === null ? null : after.read - before.read,
  written: before.written === null || after.written === null ? null : after.written - before.written,
})
