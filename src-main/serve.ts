import { parseArgs } from 'node:util'
import { openCore } from '@main/core/open-core'
import { appVersion } from '@main/shells/app-version'
import { startBrowserShell } from '@main/shells/browser/browser-shell'
import { createFilePreferences } from '@main/shells/browser/file-preferences'
import { dataFolder, systemLanguage, takeEnvironment } from '@main/shells/process-environment'
import { outliveUncaughtErrors } from '@main/shells/uncaught-errors'

/** The browser shell: the app on loopback for a browser on this computer. Prints one line when it is ready. */
async function serve(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean' },
    },
  })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('--port takes a number from 0 to 65535; 0 chooses a free one')
  const dataDir = dataFolder(values['data-dir'], process.env)
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const core = openCore({
    dataDir,
    shell: 'browser',
    version: appVersion,
    systemLanguage: systemLanguage([LC_ALL || LC_MESSAGES || LANG || '']),
    preferences: createFilePreferences(dataDir),
    environment: takeEnvironment(),
  })
  outliveUncaughtErrors(process, core)
  const shell = await startBrowserShell(core, port)
  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    await shell.close()
    await core.close()
    if (core.isKeychainWaiting()) process.kill(process.pid, 'SIGKILL')
    process.exit(0)
  }
  process.on('SIGINT', () => void close())
  process.on('SIGTERM', () => void close())
  console.log(`Fabula is ready: ${shell.url}`)
  await core.startBackgroundWork()
}

serve().catch((error: unknown) => {
  console.error(`Fabula could not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
