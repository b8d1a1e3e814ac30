import { shell, type Session, type WebContents } from 'electron'

/** What a page may ask of the system: to put text on the clipboard, and nothing else. */
const allowed = new Set(['clipboard-sanitized-write'])

export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => allowed.has(permission))
  session.setDevicePermissionHandler(() => false)
}

/** The window shows the app and nothing else; a link to the web opens in the user's browser. */
export function refuseNavigation(contents: WebContents, appOrigin: string): void {
  contents.on('will-navigate', (event) => {
    if (!isOwn(event.url, appOrigin)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url) && new URL(url).protocol === 'https:') void shell.openExternal(url)
    return { action: 'deny' }
  })
}

/** Whether an address belongs to the app. `fabula:` addresses have no origin of their own in `URL`. */
export const isOwn = (url: string, appOrigin: string): boolean => url === appOrigin || url.startsWith(`${appOrigin}/`)
