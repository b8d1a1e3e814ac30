import { app, nativeTheme, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import { appVersion } from '@main/shells/app-version'
import { portableFolder } from '@main/shells/portable-folder'
import { dataFolder, systemLanguage, takeEnvironment } from '@main/shells/process-environment'
import { outliveUncaughtErrors } from '@main/shells/uncaught-errors'
import { setAppMenu } from './app-menu'
import { createAppUpdater } from './app-updater'
import { closeBeforeQuitting } from './close-before-quitting'
import { createDesktopPreferences } from './desktop-preferences'
import { connectWindow } from './ipc-bridge'
import { openMainWindow } from './main-window'
import { APP_ORIGIN, declareRendererProtocol, serveRenderer } from './renderer-protocol'
import { systemProxy } from './system-proxy'
import { becomeOnlyInstance } from './single-instance'
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
  let window: BrowserWindow | null = null
  /** Until the app is ready there is no window to show, and one will be opened. */
  let open = () => {}
  const instance = becomeOnlyInstance(() => {
    if (!window) open()
    else if (window.isMinimized()) window.restore()
    window?.focus()
  })
  if (!instance) {
    app.quit()
    return
  }
  const closing = closeBeforeQuitting()
  declareRendererProtocol()
  const preferences = createDesktopPreferences(dataDir)

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
      updater: createAppUpdater(() => closing.close()),
    })
  })()

  open = () => {
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
  instance.openFilesIn(core)
  outliveUncaughtErrors(process, core)
  core.subscribe((event) => {
    if (event.name === 'data.changed' && event.payload.topics.includes('preferences'))
      nativeTheme.themeSource = preferences.get().theme
  })
  closing.follow(core)
}

/** Where the program stands beside a folder for its data; only an app that was packed looks for it. */
const portable = () => (app.isPackaged && portableFolder(process.execPath, process.platform, process.env)) || undefined
