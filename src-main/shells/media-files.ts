import { MediaId } from '@contract/ids'
import { extensionOf } from '@main/data/media-type'
import type { Core } from '@main/core/core'

const ADDRESS = /^\/media\/([0-9a-f-]{36})$/

/** Whether an address is one of sound or film that the app keeps. */
export const isMediaAddress = (path: string): boolean => ADDRESS.test(path)

/**
 * Answers for a file of the library at `/media/<id>`, the whole of it or the part that a player asks for; with `?download` as
 * one to be saved under its title. What it is, is told by its bytes alone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
export async function mediaFile(core: Pick<Core, 'media'>, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const id = MediaId.safeParse(ADDRESS.exec(url.pathname)?.[1])
  const found = id.success ? await core.media.find(id.data) : null
  if (!found) return new Response(null, { status: 404, headers: secured })
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response(null, { status: 405, headers: { ...secured, Allow: 'GET, HEAD' } })
  const { title, type, hash, bytes } = found
  const etag = `"${hash}"`
  const headers = {
    ...secured,
    'Content-Type': type,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
    ETag: etag,
    ...(url.searchParams.has('download') ? { 'Content-Disposition': asDownload(title, type) } : {}),
  }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const part = partAsked(request.headers, etag, bytes)
  if (part === 'none')
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${bytes}` } })
  const { first, last } = part ?? { first: 0, last: bytes - 1 }
  const body = request.method === 'HEAD' || bytes === 0 ? null : core.media.read(hash, first, last)
  return new Response(body, {
    status: part ? 206 : 200,
    headers: {
      ...headers,
      'Content-Length': String(last - first + 1),
      ...(part ? { 'Content-Range': `bytes ${first}-${last}/${bytes}` } : {}),
    },
  })
}

const secured = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
}

interface Part {
  first: number
  last: number
}

/** The part that is asked for, both ends included; null for the whole, and for several parts; `none` where there is no such part. */
function partAsked(headers: Headers, etag: string, bytes: number): Part | 'none' | null {
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.get('range')?.trim() ?? '')
  // A part of another file than the one that was begun would be no part of it.
  if (!range || (headers.get('if-range') ?? etag) !== etag) return null
  const [, from = '', to = ''] = range
  if (from === '' && to === '') return null
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? bytes - 1 : Math.min(bytes - 1, Number(to))
  if (to !== '' && from !== '' && Number(to) < Number(from)) return null
  return first > last || first >= bytes ? 'none' : { first, last }
}

/** A header may only hold ASCII: the true name comes beside one that every browser can read (RFC 6266). */
function asDownload(title: string, type: string): string {
  const plainTitle = title
    .replaceAll(/[\p{Cc}\s\\/:*?"<>|]+/gu, ' ')
    .trim()
    .slice(0, 100)
  const name = `${plainTitle || 'media'}.${extensionOf(type)}`
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^ -~]/g, '_')
    .replaceAll(/["%]/g, '_')
  const encoded = encodeURIComponent(Buffer.from(name, 'utf8').toString('utf8')).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
