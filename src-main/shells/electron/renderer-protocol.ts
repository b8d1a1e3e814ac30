import { protocol } from 'electron'
import type { Core } from '@main/core/core'
import { isMediaAddress, mediaFile } from '@main/shells/media-files'
import { rendererFile } from '@main/shells/renderer-files'

const SCHEME = 'fabula'
export const APP_ORIGIN = `${SCHEME}://app`

/** Must run before the app is ready. */
export function declareRendererProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true },
    },
  ])
}

/** Serves the renderer's files, and what the core keeps of sound and film, to the window, with the same headers as the browser shell. */
export function serveRenderer(core: () => Promise<Core>): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url)
    if (url.host === 'app' && isMediaAddress(url.pathname)) return mediaFile(await core(), request)
    const file = url.host === 'app' ? await rendererFile(url.pathname) : null
    return file
      ? new Response(new Uint8Array(file.body), { headers: file.headers })
      : new Response(null, { status: 404 })
  })
}
