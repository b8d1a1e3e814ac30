import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UpdateError } from '@contract/errors'
import files from '@resources/locales/en/files.json'
import guide from '@resources/locales/en/guide.json'
import settings from '@resources/locales/en/settings.json'
import { appVersion } from '@main/shells/app-version'
import { appEnvironment } from '@test/helpers/app-process'
import { packApp, startPackagedApp, startProgram, type PackagedApp } from '@test/helpers/packaged-app'
import { temporaryFolder, type TemporaryFolder } from '@test/helpers/temporary-folder'
import { electronMissing, startDisplay, type Display } from '@test/helpers/test-electron'
import { startUpdateFeed, type UpdateFeed } from '@test/helpers/update-feed'
import { writeFirstStory } from './first-story'
import { keepApps } from './kept-apps'

const missing = process.platform === 'linux' ? electronMissing : 'made for Linux here'
const because = missing === null ? '' : ` (skipped: ${missing})`

const apps = keepApps()

describe.skipIf(missing !== null)(`the packed app${because}`, () => {
  let folder: TemporaryFolder
  let display: Display
  let feed: UpdateFeed
  let program: string

  beforeAll(async () => {
    folder = temporaryFolder()
    feed = await startUpdateFeed()
    const home = join(folder.path, 'Мои программы', 'Fabula 1')
    mkdirSync(dirname(home), { recursive: true })
    program = await packApp(join(folder.path, 'made'), home, { FABULA_UPDATES: `${feed.server.origin}/releases` })
    display = await startDisplay()
  })
  afterAll(async () => {
    await display.stop()
    await feed.server.stop()
    folder.remove()
  })

  const environment = (dataDir: string, more: Record<string, string | undefined> = {}) =>
    appEnvironment({
      dataDir,
      env: {
        ...display.env,
        HOME: folder.path,
        XDG_CONFIG_HOME: join(folder.path, 'config'),
        XDG_CACHE_HOME: join(folder.path, 'cache'),
        NODE_OPTIONS: undefined,
        ...more,
      },
    })

  it('has only what runs, all of it in its archive, and locks that were set', async () => {
    const archive = join(dirname(program), 'resources/app.asar')
    const entries = listPackage(archive, { isPack: false })
    expect(entries).toContain('/out/preload/index.cjs')
    expect(entries).toContain('/out/renderer/index.html')
    expect(entries.filter((path) => path.endsWith('.node'))).toEqual([
      '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
      '/node_modules/keytar/prebuilds/linux-x64/keytar.node',
    ])
    expect(entries.filter((path) => /\.(ts|map|md)$|\/(src|test)\/|serve\.js$/.test(path))).toEqual([])
    expect(existsSync(join(dirname(program), 'resources/default_app.asar'))).toBe(false)
    const shipped = JSON.parse(String(extractFile(archive, 'out/renderer/licences.json'))) as { name: string }[]
    expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(['react', '@fontsource-variable/literata']))

    const fuses = await getCurrentFuseWire(program)
    const on = (fuse: FuseV1Options) => fuses[fuse] === FuseState.ENABLE
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
      cookies: on(FuseV1Options.EnableCookieEncryption),
      integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      fileProtocol: false,
      cookies: true,
      integrity: true,
      onlyAsar: true,
    })
  })

  it('writes the first story, which is there after a restart', async () => {
    const { dataDir, kept } = apps
    const start = () => kept(startPackagedApp(program, environment(dataDir)))
    expect(await writeFirstStory(start)).toEqual([])
  })

  it('opens files that it is started with, keeps its data beside itself, and hands a second start to the first', async () => {
    const portable = join(dirname(program), 'fabula-data')
    mkdirSync(portable)
    const from = join(folder.path, 'Мои файлы')
    mkdirSync(from)
    const preset = (name: string) => ({ fabula: 'configuration', version: 1, presets: [{ name, roles: {} }] })
    for (const name of ['Нуар', 'Gothic'])
      writeFileSync(join(from, `${name}.fabula.json`), JSON.stringify(preset(name)))
    const env = environment(folder.path)
    delete env['FABULA_DATA_DIR']

    const app = await apps.kept(startPackagedApp(program, env, { args: ['Нуар.fabula.json'], cwd: from }))
    const dialog = app.page.getByRole('dialog', { name: files.import.title })
    await dialog.getByText('Нуар.fabula.json').waitFor()
    expect(existsSync(join(portable, 'fabula.sqlite'))).toBe(true)

    const second = startProgram(program, ['Gothic.fabula.json'], env, from)
    expect(await once(second, 'exit')).toEqual([0, null])
    await dialog.getByText('Gothic.fabula.json').waitFor()
    await filmsAndPlays(app)
    expect(app.troubles).toEqual([])
    await app.quit()
    expect(existsSync(join(folder.path, 'config/Fabula/data'))).toBe(false)
  })

  /** The Demo's encoder is loaded from the archive, and the film comes by the app's own protocol. */
  async function filmsAndPlays({ ask, page }: PackagedApp): Promise<void> {
    const clip = (await ask('stages.list', {})).find(({ kind }) => kind === 'video')
    const demo = (await ask('providers.list', {})).find(({ slug }) => slug === 'demo')
    if (!clip || !demo) throw new Error('The Demo has no clips')
    const choice = { providerId: demo.id, key: null, model: null, settings: { seconds: 0 } }
    expect(await ask('stages.save', { id: clip.id, ...choice })).toMatchObject({ status: 'active', problem: null })
    const scene = { stage: clip.id, storyId: null, messageId: null, sourceId: null, text: 'The light goes round.' }
    const { id } = await ask('media.make', scene)
    await expect.poll(async () => (await ask('media.get', { id })).state).toBe('complete')
    const { file } = await ask('media.get', { id })
    expect(file).toMatchObject({ type: 'video/webm', durationMs: 4000 })
    const plays = page.evaluate(async (src) => {
      const film = document.createElement('video')
      film.muted = true
      film.src = src
      await film.play()
      return film.videoWidth
    }, `/media/${id}`)
    expect(await plays).toBe(file?.width)
  }

  it('finds a newer version, takes only what was announced, and is replaced by it when asked', async () => {
    const image = join(folder.path, 'image', 'Fabula.AppImage')
    mkdirSync(dirname(image))
    writeFileSync(image, 'the one that runs', { mode: 0o755 })
    const started = join(folder.path, 'newer was started')
    const newer = `#!/bin/sh\necho "$@" > '${started}'\n${'#'.repeat(200_000)}\n`
    const app = await apps.kept(startPackagedApp(program, environment(apps.dataDir, { APPIMAGE: image })))
    await app.page.getByRole('heading', { name: guide.title }).waitFor()
    const state = () => app.ask('updates.get', {})
    const check = () => app.ask('updates.check', {})

    await app.ask('preferences.set', { checkUpdates: false, guideDone: true })
    feed.offer({ version: '9.0.0', file: newer })
    expect(await check()).toMatchObject({ can: 'yes', state: 'none', problem: null })
    expect(feed.server.requests).toEqual([])

    await app.ask('preferences.set', { checkUpdates: true })
    for (const version of [appVersion, '0.0.1']) {
      feed.offer({ version, file: newer })
      expect(await check()).toMatchObject({ state: 'none', version: null, problem: null })
    }
    await feed.server.goDown()
    expect(await check()).toMatchObject({ state: 'none', problem: { code: UpdateError.Unreachable } })
    await feed.server.comeBack()

    const attempt = async (part: { damaged?: boolean; cut?: boolean }) => {
      feed.offer({ version: '9.0.0', file: newer, notes: '- Faster', ...part })
      expect(await check()).toMatchObject({ state: 'found', version: '9.0.0', notes: '- Faster', problem: null })
      await app.ask('updates.download', {})
      await expect.poll(async () => (await state()).state).not.toBe('downloading')
      return state()
    }
    expect(await attempt({ damaged: true })).toMatchObject({ state: 'found', problem: { code: UpdateError.Damaged } })
    expect(await attempt({ cut: true })).toMatchObject({ state: 'found', problem: { code: UpdateError.Unreachable } })
    expect(await attempt({})).toMatchObject({ state: 'ready', problem: null })
    expect(readFileSync(image, 'utf8')).toBe('the one that runs')

    await install(app)
    await expect.poll(() => existsSync(started)).toBe(true)
    expect(readFileSync(image, 'utf8')).toBe(newer)
  })

  /** Presses what the banner offers, and waits for the end. */
  async function install({ page, ended }: PackagedApp): Promise<void> {
    await page.getByText(settings.updates.bannerReady.replace('{{version}}', '9.0.0')).waitFor()
    await page.getByRole('button', { name: settings.updates.install }).first().click()
    await ended
  }
})
