import { protocol } from 'electron'
import { rendererFile } from '@main/shells/renderer-files'

const SCHEME = 'fabula'
export const APP_ORIGIN = `${SCHEME}://app`

/** Must run before the app is ready. */
export function declareRendererProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the renderer's files to the window, with the same headers as the browser shell. */
export function serveRenderer(): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    const file = url.host === 'app' ? await rendererFile(url.pathname) : null
    return file
      ? new Response(new Uint8Array(file.body), { headers: file.headers })
      : new Response(null, { status: 404 })
  })
}
