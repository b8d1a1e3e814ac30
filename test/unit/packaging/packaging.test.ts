import { createCanvas, loadImage } from '@napi-rs/canvas'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { builderConfig, signing } from '@main/packaging/builder-config'
import { givenElectron } from '@main/packaging/electron-distribution'
import { makeIcons } from '@main/packaging/icons'
import { releaseNotes, writeChecksums } from '@main/packaging/release-files'
import { addToUpdateList } from '@main/packaging/update-list'
import { updateSource } from '@main/packaging/update-source'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import { findProgram } from '@test/helpers/programs'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const folders: { remove(): void }[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})
const newFolder = (): string => {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder.path
}

/** electron-builder's own check of a configuration, by its own schema. */
const { validateConfiguration } = createRequire(import.meta.url)('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration: (config: unknown, logger: { isEnabled: boolean; add: () => void }) => Promise<void>
}

describe('the configuration of the packager', () => {
  const configOf = (env: NodeJS.ProcessEnv) =>
    builderConfig({
      root: PROJECT_FOLDER,
      output: 'dist',
      icons: 'icons',
      electron: null,
      updates: updateSource(env),
      env,
    })

  it('is one that electron-builder takes, for all three systems, signed or not', async () => {
    const all = {
      CSC_LINK: 'x',
      APPLE_ID: 'x',
      APPLE_APP_SPECIFIC_PASSWORD: 'x',
      APPLE_TEAM_ID: 'x',
      GITHUB_REPOSITORY: 'a/b',
    }
    for (const env of [{}, all]) await validateConfiguration(configOf(env), { isEnabled: false, add: () => {} })
    await expect(
      validateConfiguration({ ...configOf({}), nsis: { onClick: true } }, { isEnabled: false, add: () => {} })
    ).rejects.toThrow('configuration.nsis')
  })

  it('hardens and notarises for macOS only with what that needs', () => {
    const unsigned = configOf({}).mac
    expect(unsigned).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false })
    // macOS replaces an app only by one of the same signature.
    expect(unsigned).toHaveProperty('publish', null)
    expect(configOf({ CSC_LINK: 'c' }).mac).not.toHaveProperty('publish')
    const apple = { APPLE_API_KEY: 'k', APPLE_API_KEY_ID: 'i', APPLE_API_ISSUER: 's' }
    expect(configOf({ CSC_LINK: 'c', ...apple }).mac).toMatchObject({ hardenedRuntime: true, notarize: true })
    expect(signing({ WIN_CSC_LINK: 'c' })).toEqual({ mac: false, notarisation: false, windows: true })
  })

  it('installs for one user, and leaves stories where they are', () => {
    expect(configOf({}).nsis).toMatchObject({ perMachine: false, deleteAppDataOnUninstall: false })
  })
})

describe('where updates come from', () => {
  it('is said by a variable, or is the repository that builds, or nowhere', () => {
    expect(updateSource({})).toBeNull()
    expect(updateSource({ GITHUB_REPOSITORY: 'writer/fabula' })).toEqual({
      provider: 'github',
      owner: 'writer',
      repo: 'fabula',
    })
    expect(updateSource({ FABULA_UPDATES: 'http://127.0.0.1:1/x', GITHUB_REPOSITORY: 'a/b' })).toEqual({
      provider: 'generic',
      url: 'http://127.0.0.1:1/x',
    })
    expect(() => updateSource({ FABULA_UPDATES: 'ftp://x' })).toThrow('ftp://x')
  })

  it('gets the installers that electron-builder does not make, beside its own', () => {
    const folder = newFolder()
    for (const name of ['a.deb', 'b.AppImage']) writeFileSync(join(folder, name), name)
    addToUpdateList(folder, 'x64', '2.0.0', join(folder, 'b.AppImage'), '- New')
    addToUpdateList(folder, 'x64', '2.0.0', join(folder, 'a.deb'), '- New')
    addToUpdateList(folder, 'x64', '2.0.0', join(folder, 'a.deb'), '- New')
    const list = load(readFileSync(join(folder, 'latest-linux.yml'), 'utf8')) as { files: { url: string }[] }
    expect(list).toMatchObject({ version: '2.0.0', path: 'b.AppImage', releaseNotes: '- New' })
    expect(list.files.map(({ url }) => url)).toEqual(['b.AppImage', 'a.deb'])
    addToUpdateList(folder, 'x64', '2.1.0', join(folder, 'a.deb'), '')
    expect(load(readFileSync(join(folder, 'latest-linux.yml'), 'utf8'))).toMatchObject({
      version: '2.1.0',
      files: [{ url: 'a.deb', size: 5 }],
    })
  })
})

describe('the Electron that is given', () => {
  it('may stand beside what starts it, with modules built for it', () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'version'), '1.0.0')
    writeFileSync(join(folder, 'dist/version'), 'v33.0.1\n')
    writeFileSync(join(folder, 'better_sqlite3.node'), '')
    expect(givenElectron({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toEqual({
      folder: join(folder, 'dist'),
      version: '33.0.1',
      nativeModules: [join(folder, 'better_sqlite3.node')],
    })
    expect(givenElectron({})).toBeNull()
    expect(() => givenElectron({ ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'none') })).toThrow('without Electron')
  })
})

describe('what goes with a release', () => {
  it('takes the notes of a version out of the changelog', () => {
    const log = '# New\n\n## [2.0.0] - 2030\n\n- Two\n\n### More\n\n- x\n\n## 1.0.0\n\n- One\n'
    expect(releaseNotes(log, '2.0.0')).toBe('- Two\n\n### More\n\n- x')
    expect(releaseNotes(log, '1.0.0')).toBe('- One')
    expect(releaseNotes(log, '3.0.0')).toBe('')
  })

  it('has notes of the version that is being made', () => {
    const { version } = JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8')) as { version: string }
    expect(releaseNotes(readFileSync(join(PROJECT_FOLDER, 'CHANGELOG.md'), 'utf8'), version)).not.toBe('')
  })

  it.skipIf(findProgram('sha256sum') === null)('has checksums that the system’s own program finds right', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'a.zip'), 'a')
    writeFileSync(join(folder, 'b.zip'), 'b')
    writeChecksums(folder, ['a.zip', 'b.zip'])
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' })
    writeFileSync(join(folder, 'b.zip'), 'c')
    expect(() =>
      execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' })
    ).toThrow('Command failed')
  })
})

const drawn = temporaryFolder()
const icons = drawn.path
beforeAll(() => makeIcons(join(PROJECT_FOLDER, 'resources/icons/fabula.svg'), icons))
afterAll(() => drawn.remove())

describe('the icon', () => {
  it('is drawn in every size, with the margin that macOS wants', async () => {
    const small = await loadImage(join(icons, 'linux/16x16.png'))
    expect([small.width, small.height]).toEqual([16, 16])

    const windows = readFileSync(join(icons, 'icon.ico'))
    expect(windows.readUInt16LE(4)).toBe(9)
    const at = windows.readUInt32LE(6 + 16 * 8 + 12)
    const largest = await loadImage(windows.subarray(at, at + windows.readUInt32LE(6 + 16 * 8 + 8)))
    expect(largest.width).toBe(256)

    const apple = readFileSync(join(icons, 'icon.icns'))
    expect(apple.toString('latin1', 0, 4)).toBe('icns')
    expect(apple.readUInt32BE(4)).toBe(apple.length)
    const found: string[] = []
    for (let place = 8; place < apple.length; place += apple.readUInt32BE(place + 4)) {
      found.push(apple.toString('latin1', place, place + 4))
      if (found.at(-1) !== 'ic10') continue
      const picture = await loadImage(apple.subarray(place + 8, place + apple.readUInt32BE(place + 4)))
      const canvas = createCanvas(1024, 1024)
      canvas.getContext('2d').drawImage(picture, 0, 0)
      const alpha = (x: number) => canvas.getContext('2d').getImageData(x, 512, 1, 1).data[3]
      expect([alpha(50), alpha(150)]).toEqual([0, 255])
    }
    expect(found).toContain('ic10')
  })
})
