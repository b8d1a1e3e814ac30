import { createHash } from 'node:crypto'
import { dump } from 'js-yaml'
import { startFakeServer, type FakeServer, type Reply } from '@test/helpers/fake-server'

/** A place with releases, as the packager writes them; what it offers can be changed at any time. */
export interface UpdateFeed {
  server: FakeServer
  /** From now on there is this version, whose file is as long as it says. */
  offer(release: { version: string; file: string; notes?: string; damaged?: boolean; cut?: boolean }): void
}

/** @param name of the file, as the list has it */
export async function startUpdateFeed(name = 'Fabula.AppImage'): Promise<UpdateFeed> {
  let list = ''
  let file = Buffer.alloc(0)
  let cut = false
  const server = await startFakeServer(({ path }): Reply => {
    if (path.endsWith('.yml')) return { status: 200, headers: { 'content-type': 'text/yaml' }, steps: [list] }
    if (!path.endsWith(name)) return { status: 404, headers: {}, steps: ['no such file'] }
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(file.length) }
    if (cut) return { status: 200, headers, steps: [file.subarray(0, file.length / 2), { do: 'reset' }] }
    return { status: 200, headers, steps: [file] }
  })
  return {
    server,
    offer: (release) => {
      file = Buffer.from(release.file)
      cut = release.cut ?? false
      const sha512 = createHash('sha512')
        .update(release.damaged ? 'something else' : file)
        .digest('base64')
      list = dump({
        version: release.version,
        files: [{ url: name, sha512, size: file.length }],
        path: name,
        sha512,
        releaseDate: '2030-01-01T00:00:00.000Z',
        ...(release.notes === undefined ? {} : { releaseNotes: release.notes }),
      })
    },
  }
}
