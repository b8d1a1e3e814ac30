import { parseArgs } from 'node:util'
import { openCore } from '@main/core/open-core'
import { appVersion } from '@main/shells/app-version'
import { createFilePreferences } from '@main/shells/browser/file-preferences'
import { LAST_ANSWERS_MS, startGatewayShell } from '@main/shells/gateway-shell'
import { dataFolder, systemLanguage, takeEnvironment } from '@main/shells/process-environment'
import { outliveUncaughtErrors } from '@main/shells/uncaught-errors'

/**
 * Fabula without Electron. The browser shell: the app on loopback for a browser on this computer. Or, with
 * `--shell=gateway`, the gateway alone. Prints one line when it is ready.
 */
async function serve(): Promise<void> {
  const { values } = parseArgs({
    options: {
      shell: { type: 'string', default: 'browser' },
      'data-dir': { type: 'string' },
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
      'new-key': { type: 'string' },
      'may-manage': { type: 'boolean', default: false },
    },
  })
  const shell = values.shell === 'gateway' ? 'gateway' : 'browser'
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && (!Number.isInteger(port) || port < 0 || port > 65_535))
    throw new Error('--port takes a number from 0 to 65535; 0 chooses a free one')
  const dataDir = dataFolder(values['data-dir'], process.env)
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const core = openCore({
    dataDir,
    shell,
    version: appVersion,
    systemLanguage: systemLanguage([LC_ALL || LC_MESSAGES || LANG || '']),
    preferences: createFilePreferences(dataDir),
    environment: takeEnvironment(),
    ...(shell === 'gateway' ? { lastAnswersMs: LAST_ANSWERS_MS } : {}),
  })
  outliveUncaughtErrors(process, core)
  let closeShell = async () => {}
  let closing = false
  const close = async () => {
    if (closing) return
    closing = true
    await closeShell()
    await core.close()
    if (core.isKeychainWaiting()) process.kill(process.pid, 'SIGKILL')
    process.exit(0)
  }
  process.on('SIGINT', () => void close())
  process.on('SIGTERM', () => void close())
  if (shell === 'gateway') {
    const newKey = values['new-key'] ?? null
    for (const line of await startGatewayShell(core, { port, newKey, mayManage: values['may-manage'] }))
      console.log(line)
  } else {
    const { startBrowserShell } = await import('@main/shells/browser/browser-shell')
    const browser = await startBrowserShell(core, port ?? 0)
    closeShell = browser.close
    console.log(`Fabula is ready: ${browser.url}`)
  }
  await core.startBackgroundWork()
}

serve().catch((error: unknown) => {
  console.error(`Fabula could not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
