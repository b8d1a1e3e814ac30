import { execFile, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import type { FabulaBridge } from '@contract/bridge'
import type { RouteInput, RouteName, RouteOutput } from '@contract/routes'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import { endChild, startChild } from '@test/helpers/child'
import { collectTroubles } from '@test/helpers/page-troubles'
import type { RunningApp } from '@test/helpers/running-app'

/** The packed app in its window; its main process cannot be looked into. */
export interface PackagedApp extends RunningApp {
  /** Asks over the window's own bridge. */
  ask<Name extends RouteName>(route: Name, input: RouteInput<Name>): Promise<RouteOutput<Name>>
  /** Resolves when the process has ended. */
  ended: Promise<unknown>
}

/**
 * Packs the app as `npm run package -- --dir` does, and moves it to a folder where nothing of the project is around.
 *
 * @param env such as where newer versions are
 * @returns the program
 */
export async function packApp(output: string, home: string, env: Record<string, string>): Promise<string> {
  const script = join(PROJECT_FOLDER, 'src-main/packaging/package.ts')
  await promisify(execFile)(process.execPath, [script, '--dir', `--output=${output}`], {
    cwd: PROJECT_FOLDER,
    env: { ...process.env, ...env },
  })
  await rename(join(output, 'linux-unpacked'), home)
  return join(home, 'fabula')
}

const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Starts the packed app, for a person; `args` are files. */
export const startProgram = (program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string) =>
  startChild(program, [...root, '--remote-debugging-port=0', ...args], {
    env,
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  })

/** Starts the packed app and waits for its window. */
export async function startPackagedApp(
  program: string,
  env: NodeJS.ProcessEnv,
  { args = [], cwd = '/' }: { args?: readonly string[]; cwd?: string } = {}
): Promise<PackagedApp> {
  const child = startProgram(program, args, env, cwd)
  const ended = once(child, 'exit')
  const browser = await chromium.connectOverCDP(await debuggerOf(child), { timeout: 120_000 })
  const [context] = browser.contexts()
  if (!context) throw new Error('The app has no window')
  context.setDefaultTimeout(60_000)
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  const troubles = collectTroubles(page)
  return {
    page,
    troubles,
    ended,
    ask: async (route, input) => {
      const answer = await page.evaluate(
        (asked) =>
          (globalThis as unknown as { fabula: FabulaBridge }).fabula.request(asked.route, JSON.parse(asked.input)),
        { route, input: JSON.stringify(input) }
      )
      if (!answer.ok) throw new Error(`${route} was refused: ${answer.error.code}`)
      return answer.data as RouteOutput<typeof route>
    },
    quit: async () => {
      // With its only window the app ends, and with it what it would answer.
      await page.close().catch(() => undefined)
      await ended
    },
    kill: async () => {
      await endChild(child, 'SIGKILL')
    },
  }
}

/** The address at which the window can be driven, which the app prints when it starts. */
function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (address) done(address)
    })
    child.once('exit', (code) =>
      failed(new Error(`The packed app ended with ${code} before it had a window:\n${said}`))
    )
  })
}
