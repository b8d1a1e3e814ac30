import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import type { Media } from '@contract/entities/media'
import { startBrowserShell, type BrowserShell } from '@main/shells/browser/browser-shell'
import { made, request, SONG, useDemo } from '@test/helpers/media-stage'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

let app: TestCore
let shell: BrowserShell
let song: Media
let origin: string
let cookie: string
beforeAll(async () => {
  app = await startTestCore()
  shell = await startBrowserShell(app.core, 0)
  origin = new URL(shell.url).origin
  cookie = ((await fetch(shell.url)).headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  await useDemo(app, SONG)
  const { id } = await made(app, request(SONG))
  await app.ask('media.rename', { id, title: 'Дом у реки: "песня"/1' })
  song = await app.ask('media.get', { id })
})
afterAll(async () => {
  await shell.close()
  await app.close()
})

const get = (headers: Record<string, string> = {}, path = `/media/${song.id}`, method = 'GET') =>
  fetch(origin + path, { method, headers: { cookie, ...headers } })
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a file of the library', () => {
  it('is served to the page alone, as what its bytes are, and to be run by nobody', async () => {
    expect((await fetch(`${origin}/media/${song.id}`)).status).toBe(401)
    expect((await get({}, '/media/01990000-0000-7000-8000-000000000000')).status).toBe(404)
    expect((await get({}, `/media/${song.id}`, 'POST')).status).toBe(405)
    const whole = await get()
    expect(whole.status).toBe(200)
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(song.file?.bytes),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      etag: `"${song.file?.hash}"`,
    })
    expect((await bytesOf(whole)).toString('latin1', 0, 4)).toBe('RIFF')
  })

  it('is served in the parts that a player asks for', async () => {
    const whole = await bytesOf(await get())
    const size = whole.length
    const parts = [
      ['bytes=0-9', 0, 9],
      ['bytes=100-', 100, size - 1],
      ['bytes=-50', size - 50, size - 1],
      [`bytes=10-${size + 5}`, 10, size - 1],
    ] as const
    for (const [range, first, last] of parts) {
      const part = await get({ range })
      expect(part.status).toBe(206)
      expect(part.headers.get('content-range')).toBe(`bytes ${first}-${last}/${size}`)
      expect((await bytesOf(part)).equals(whole.subarray(first, last + 1))).toBe(true)
    }
    const beyond = await get({ range: `bytes=${size}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`])
    // Several parts, or what is no range, are answered by the whole.
    for (const range of ['bytes=0-1,5-6', 'bytes=-', 'lines=1-2', 'bytes=9-1']) {
      const answer = await get({ range })
      expect(answer.status).toBe(200)
      await answer.body?.cancel()
    }
  })

  it('is not sent again to one that has it, and no part of another one is', async () => {
    const etag = `"${song.file?.hash}"`
    expect((await get({ 'if-none-match': etag })).status).toBe(304)
    expect((await bytesOf(await get({ range: 'bytes=0-9', 'if-range': etag }))).length).toBe(10)
    const other = await get({ range: 'bytes=0-9', 'if-range': '"another"' })
    expect(other.status).toBe(200)
    await other.body?.cancel()
    const head = await get({ range: 'bytes=0-9' }, `/media/${song.id}`, 'HEAD')
    expect([head.status, head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([206, '10', 0])
  })

  it('is saved under its title', async () => {
    const answer = await get({ range: 'bytes=0-9' }, `/media/${song.id}?download`)
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="___ _ ____ _____ 1.wav"; filename*=UTF-8''${encodeURIComponent('Дом у реки песня 1.wav')}`
    )
    await answer.body?.cancel()
  })
})
