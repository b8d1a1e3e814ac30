import { rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isBuildStale } from '@main/launch/freshness'
import { LaunchFolder } from './launch-folder'

let folder: LaunchFolder
const touch = (path: string, seconds: number) =>
  utimes(join(folder.path, path), new Date(Date.now() + seconds * 1000), new Date(Date.now() + seconds * 1000))

beforeEach(async () => {
  folder = await LaunchFolder.create()
})

afterEach(() => folder.remove())

describe('a build', () => {
  it('is fresh when everything in it is newer than its sources', () => {
    expect(isBuildStale(folder.path)).toBe(false)
  })

  it.each(['out', 'out/main/serve.js', 'out/preload/index.cjs', 'out/renderer/index.html'])(
    'is stale without %s, as after a build that failed halfway',
    async (path) => {
      await rm(join(folder.path, path), { recursive: true })
      expect(isBuildStale(folder.path)).toBe(true)
    }
  )

  it.each(['src-main/core/create-core.ts', 'package.json'])('is stale when %s changed later', async (path) => {
    await touch(path, 120)
    expect(isBuildStale(folder.path)).toBe(true)
  })

  it('is stale when one of its parts is older than a source, though the others are newer', async () => {
    await touch('out/renderer/index.html', -3600)
    expect(isBuildStale(folder.path)).toBe(true)
  })

  it('is stale when a source was removed, which leaves no newer file behind', async () => {
    await rm(join(folder.path, 'src-main/core/create-core.ts'))
    await touch('src-main/core', 120)
    expect(isBuildStale(folder.path)).toBe(true)
  })

  it('is not stale when only the launcher changed, which is not built', async () => {
    await touch('src-main/launch/start.ts', 120)
    expect(isBuildStale(folder.path)).toBe(false)
  })
})
