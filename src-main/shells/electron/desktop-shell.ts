import { app, nativeTheme, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import { z } from 'zod'
import type { Core } from '@main/core/create-core'
import { appVersion } from '@main/shells/app-version'
import { portableFolder } from '@main/shells/portable-folder'
import { dataFolder, systemLanguage, takeEnvironment } from '@main/shells/process-environment'
import { outliveUncaughtErrors } from '@main/shells/uncaught-errors'
import { setAppMenu } from './app-menu'
import { createDesktopPreferences } from './desktop-preferences'
import { connectWindow } from './ipc-bridge'
import { openMainWindow } from './main-window'
import { APP_ORIGIN, declareRendererProtocol, serveRenderer } from './renderer-protocol'
import { systemProxy } from './system-proxy'
import { openedPaths } from './opened-paths'
import { refuseNavigation, refusePermissions } from './window-rules'

/** Where electron-vite serves the renderer while one works on it; only an unpacked app looks at it. */
const devServer = () => (app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'])

/**
 * The desktop app: one core, one window. A second start hands its files to the first and brings its window to the front. The
 * window is opened before the core is: loading the one goes on in a process of its own while this one reads and opens the other.
 */
export async function startDesktopShell(): Promise<void> {
  app.setName('Fabula')
  // Root on Linux has no sandbox to enable: the launcher then says so and switches it off.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  const chosen = app.commandLine.getSwitchValue('data-dir') || process.env['FABULA_DATA_DIR'] || portable()
  const dataDir = dataFolder(chosen, process.env)
  if (chosen) app.setPath('userData', join(dataDir, 'window'))
  const files = openedPaths(process.argv.slice(1), process.cwd(), app.isPackaged)
  const handedOver: HandedOver = { files }
  if (!app.requestSingleInstanceLock(handedOver)) {
    app.quit()
    return
  }
  const openFiles = fileOpener(files)
  declareRendererProtocol()
  const preferences = createDesktopPreferences(dataDir)
  let window: BrowserWindow | null = null
  // macOS says so, and may before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openFiles.open([path])
    if (app.isReady() && !window) open()
  })
  app.on('second-instance', (_event, _args, _from, handed) => {
    openFiles.open(HandedOver.safeParse(handed).data?.files ?? [])
    if (!window) open()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })

  await app.whenReady()
  serveRenderer(() => openingCore)
  setAppMenu()
  // Before there is a window: its process must not be given what only this one may know.
  const environment = takeEnvironment()
  const openingCore = (async () => {
    const { openCore } = await import('@main/core/open-core')
    return openCore({
      dataDir,
      shell: 'desktop',
      version: appVersion,
      systemLanguage: systemLanguage(app.getPreferredSystemLanguages()),
      preferences,
      environment,
      systemProxy,
    })
  })()

  const open = () => {
    const opened = openMainWindow(preferences)
    const origin = devServer() ?? APP_ORIGIN
    refusePermissions(opened.webContents.session)
    refuseNavigation(opened.webContents, origin)
    connectWindow(openingCore, opened.webContents, origin)
    opened.once('closed', () => {
      window = null
    })
    opened.once('show', () => {
      openingCore.then(
        (core) => core.startBackgroundWork(),
        // index.ts says why there is none, and ends the app.
        () => undefined
      )
    })
    void opened.loadURL(`${origin}/`)
    window = opened
  }
  open()
  app.on('activate', () => {
    if (!window) open()
  })
  app.on('window-all-closed', () => app.quit())

  const core = await openingCore
  openFiles.openIn(core)
  outliveUncaughtErrors(process, core)
  core.subscribe((event) => {
    if (event.name === 'data.changed' && event.payload.topics.includes('preferences'))
      nativeTheme.themeSource = preferences.get().theme
  })
  closeBeforeQuitting(core)
}

/** What a second start gives the first. */
const HandedOver = z.object({ files: z.array(z.string()) })
type HandedOver = z.infer<typeof HandedOver>

/** Where the program stands beside a folder for its data; only an app that was packed looks for it. */
const portable = () => (app.isPackaged && portableFolder(process.execPath, process.platform, process.env)) || undefined

/** Keeps the files that are to be opened until there is a core to give them to. */
function fileOpener(first: readonly string[]) {
  let waiting = [...first]
  let core: Core | null = null
  return {
    open: (paths: readonly string[]) => {
      if (core) core.openFiles(paths)
      else waiting.push(...paths)
    },
    openIn: (opened: Core) => {
      core = opened
      core.openFiles(waiting)
      waiting = []
    },
  }
}

/** What is being written is saved before the process ends. */
function closeBeforeQuitting(core: Core): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void core.close().finally(() => {
      closed = true
      if (core.isKeychainWaiting()) process.kill(process.pid, 'SIGKILL')
      // Electron takes no second quit before the event of the first has returned.
      setImmediate(() => app.quit())
    })
  })
}
