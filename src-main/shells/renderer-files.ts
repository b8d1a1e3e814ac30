import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The built renderer, beside the built main process. */
const folder = fileURLToPath(new URL('../renderer/', import.meta.url))

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** In `index.html`; each answer puts its own nonce in its place, and the browser shell's its token. */
const NONCE_MARK = '__FABULA_NONCE__'
const TOKEN_MARK = '__FABULA_TOKEN__'

/** Only what the app brings with it may run, and nothing may be loaded from or sent to anywhere else. */
const contentSecurityPolicy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

export interface RendererFile {
  body: Buffer<ArrayBuffer>
  headers: Record<string, string>
}

/**
 * A file of the renderer by its path in the address, `/` for the page; null for what is not there.
 *
 * @param token what the page is to show with its requests; none in the desktop shell
 */
export async function rendererFile(path: string, token = ''): Promise<RendererFile | null> {
  const name = path === '/' ? 'index.html' : normalize(path).replace(/^[\\/]+/, '')
  const type = types[extname(name)]
  if (!type || name.split(sep).includes('..')) return null
  try {
    const body = await readFile(join(folder, name))
    if (name !== 'index.html') return { body, headers: secured({ 'Content-Type': type }) }
    const nonce = randomBytes(16).toString('base64')
    return {
      body: Buffer.from(body.toString('utf8').replace(NONCE_MARK, nonce).replace(TOKEN_MARK, token)),
      headers: secured({ 'Content-Type': type, 'Content-Security-Policy': contentSecurityPolicy(nonce) }),
    }
  } catch {
    return null
  }
}

const secured = (headers: Record<string, string>) => ({
  ...headers,
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
})
