import { BrowserWindow, nativeTheme, session } from 'electron'
import { fileURLToPath } from 'node:url'
import type { DesktopPreferences } from './desktop-preferences'

const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

/** The page's own background (app/theme.css), so that the window does not flash before the page is drawn. */
const PAPER = { light: '#faf7f1', dark: '#171513' }

/** Only macOS does: elsewhere Chromium would download a dictionary that nobody asked for. */
const BRINGS_DICTIONARIES = process.platform === 'darwin'

export function openMainWindow(preferences: DesktopPreferences): BrowserWindow {
  const { theme } = preferences.get()
  nativeTheme.themeSource = theme
  session.defaultSession.setSpellCheckerEnabled(BRINGS_DICTIONARIES)
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    ...preferences.bounds(),
    minWidth: 760,
    minHeight: 520,
    show: false,
    title: 'Fabula',
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: BRINGS_DICTIONARIES,
    },
  })
  window.once('ready-to-show', () => window.show())
  window.on('close', () => preferences.saveBounds(window.getNormalBounds()))
  return window
}
