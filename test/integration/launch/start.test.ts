import { mkdir, readFile, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LaunchFolder } from './launch-folder'

const linux = process.platform === 'linux'
const asRoot = process.getuid?.() === 0
const display = { DISPLAY: ':97' }

let folder: LaunchFolder
const electronAt = (path: string) => ({ ...display, ELECTRON_OVERRIDE_DIST_PATH: join(folder.path, path) })
const fallback = (said: string) =>
  said.split('\n').filter((line) => line.includes('Fabula opens in the browser instead.'))

beforeEach(async () => {
  folder = await LaunchFolder.create()
})

afterEach(() => folder.remove())

describe('start', () => {
  it('refuses an unknown option before anything is started', async () => {
    const { code, said } = await folder.start(['--color=red'])
    expect(code).toBe(1)
    expect(said).toBe(
      'Fabula does not know the option --color=red; it knows --shell=desktop|browser|gateway, --data-dir=DIR, --port=N, --no-open, --new-key=NAME, --may-manage.\n'
    )
  })

  it('starts the browser shell with its port and data folder', async () => {
    const { code, said } = await folder.start(['--shell=browser', '--port=8080', '--data-dir=stories', '--no-open'])
    expect(said).toContain(JSON.stringify({ args: ['--port=8080'], dataDir: join(folder.path, 'stories') }))
    expect(said).toContain('Fabula is ready: http://127.0.0.1:4711/?token=abc')
    expect(fallback(said)).toEqual([])
    expect(code).toBe(0)
  })
})

describe('start of the gateway alone', () => {
  it('passes on its port and the name of a key, and opens nothing', async () => {
    const { code, said } = await folder.start([
      '--shell=gateway',
      '--port=8080',
      '--data-dir=stories',
      '--new-key=My laptop',
      '--may-manage',
    ])
    const args = ['--shell=gateway', '--port=8080', '--new-key=My laptop', '--may-manage']
    expect(said).toContain(JSON.stringify({ args, dataDir: join(folder.path, 'stories') }))
    expect(fallback(said)).toEqual([])
    expect(code).toBe(0)
  })

  it('leaves the port to its settings', async () => {
    expect((await folder.start(['--shell=gateway'])).said).toContain('"args":["--shell=gateway"]')
  })
})

describe('start without a built app', () => {
  const build = 'node_modules/electron-vite/bin/electron-vite.js'

  it('builds it once', async () => {
    await folder.write(
      build,
      `import { appendFileSync, utimesSync } from 'node:fs'
       appendFileSync('builds', process.argv.slice(2).join(' ') + '\\n')
       for (const file of ['main/index.js', 'main/serve.js', 'preload/index.cjs', 'renderer/index.html']) {
         utimesSync('out/' + file, new Date(), new Date())
       }`
    )
    const changed = new Date(Date.now() - 1000)
    await utimes(join(folder.path, 'out/renderer/index.html'), new Date(0), new Date(0))
    for (const path of ['src-main', 'src-main/core', 'src-main/core/create-core.ts', 'package.json']) {
      await utimes(join(folder.path, path), changed, changed)
    }

    const first = await folder.start(['--shell=browser', '--no-open'])
    const second = await folder.start(['--shell=browser', '--no-open'])

    expect(first.said).toContain('Building Fabula.')
    expect(second.said).not.toContain('Building Fabula.')
    expect(await folder.read('builds')).toBe('build --logLevel=warn\n')
  })

  it('says why it cannot be built, and starts nothing', async () => {
    await folder.write(build, `console.log('src-main/index.ts is not there'); process.exitCode = 1`)
    await folder.write('src-main/core/create-core.ts', 'changed')
    const later = new Date(Date.now() + 120_000)
    await utimes(join(folder.path, 'src-main/core/create-core.ts'), later, later)

    const { code, said } = await folder.start(['--shell=browser'])

    expect(code).toBe(1)
    expect(said).toContain('src-main/index.ts is not there')
    expect(said).toContain('Fabula could not be built.')
    expect(said).not.toContain('Fabula is ready')
  })
})

describe.skipIf(!linux)('start on Linux', () => {
  it('says in one sentence that there is no display', async () => {
    const { said } = await folder.start([])
    expect(fallback(said)).toEqual([
      'The desktop window cannot open: there is no display; Fabula opens in the browser instead.',
    ])
    expect(said).toContain('Fabula is ready')
  })

  it('says that ELECTRON_OVERRIDE_DIST_PATH leads nowhere', async () => {
    await mkdir(join(folder.path, 'empty'))
    const { said } = await folder.start([], electronAt('empty'))
    expect(fallback(said)).toEqual([
      `The desktop window cannot open: ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron (${join(folder.path, 'empty')}); Fabula opens in the browser instead.`,
    ])
    expect(said).toContain('Fabula is ready')
  })

  it('says why an Electron that is there does not run', async () => {
    await folder.writeProgram('broken/electron', 'echo "libgtk-3.so.0: no such file" >&2; exit 127')
    const { said } = await folder.start([], electronAt('broken'))
    expect(fallback(said)).toEqual([
      'The desktop window cannot open: Electron does not run on this computer (libgtk-3.so.0: no such file); Fabula opens in the browser instead.',
    ])
    expect(said).toContain('Fabula is ready')
  })

  it('says why a missing Electron could not be downloaded', async () => {
    await folder.write('node_modules/electron/package.json', '{ "type": "commonjs" }')
    await folder.write('node_modules/electron/install.js', `throw new TypeError('fetch failed')`)
    const { said } = await folder.start([], display)
    expect(fallback(said)).toHaveLength(1)
    expect(fallback(said)[0]).toContain('Electron is missing and could not be downloaded (')
    expect(fallback(said)[0]).toContain('fetch failed')
    expect(said).toContain('Fabula is ready')
  })

  it('opens the desktop app with the data folder and ends with its exit code', async () => {
    await folder.writeProgram(
      'good/electron',
      `[ "$1" = --version ] && exit 0
       echo "window $* in $FABULA_DATA_DIR as node: $ELECTRON_RUN_AS_NODE."
       exit 7`
    )
    const { code, said } = await folder.start(['--data-dir=stories'], {
      ...electronAt('good'),
      ELECTRON_RUN_AS_NODE: '1',
    })
    const flags = asRoot ? '--no-sandbox ' : ''
    expect(said).toContain(`window ${flags}${folder.path} in ${join(folder.path, 'stories')} as node: .`)
    expect(said.includes('sandbox is off')).toBe(asRoot)
    expect(said).not.toContain('Fabula is ready')
    expect(code).toBe(7)
  })

  it('passes on the signal to end and ends with the exit code of the app', async () => {
    const { child, ended, saying } = folder.spawn('start.ts', ['--shell=browser', '--no-open'], { STAY: '1' })
    await saying('Fabula is ready')
    child.kill('SIGTERM')
    expect((await ended).code).toBe(9)
  })

  it('ends the app when npm, told to end, takes away only the shell it ran in', async () => {
    const { child, ended, saying } = folder.spawnInShell('start.ts', '--shell=browser --no-open', { STAY: '1' })
    await saying('Fabula is ready')
    child.kill('SIGTERM')
    // The output closes when nobody is left who could write to it.
    expect((await ended).said).toContain('shell ended')
  })

  it('opens the address in the browser of the system, unless told not to', async () => {
    await folder.writeProgram(
      'bin/xdg-open',
      `cd "${folder.path}" && echo "$1" > part && env >> part && mv part opened`
    )
    const env = {
      ...display,
      STAY: '1',
      FABULA_VAULT_KEY: 'the master key',
      PATH: `${join(folder.path, 'bin')}:${process.env.PATH}`,
    }

    const quiet = await folder.start(['--shell=browser', '--no-open'], { ...env, STAY: '' })
    await expect(folder.read('opened')).rejects.toThrow('ENOENT')
    const loud = folder.spawn('start.ts', ['--shell=browser'], env)
    await expect.poll(() => folder.read('opened').catch(() => '')).toContain('file://')
    const [address = '', ...environment] = (await folder.read('opened')).split('\n')
    const page = fileURLToPath(address)
    expect(await readFile(page, 'utf8')).toContain('content="0; url=http://127.0.0.1:4711/?token=abc"')
    loud.child.kill('SIGTERM')

    expect(quiet.code).toBe(0)
    expect((await loud.ended).code).toBe(9)
    // What a program was started with and by is no secret on the computer.
    expect(address).not.toContain('abc')
    expect(environment.join('\n')).not.toContain('the master key')
    await expect(stat(page)).rejects.toThrow('ENOENT')
  })

  it('keeps the page that leads the browser to the address from other users', async () => {
    await folder.writeProgram('bin/xdg-open', `stat -c %a "\${1#file://}" > "${folder.path}/mode"`)
    const env = { ...display, STAY: '1', PATH: `${join(folder.path, 'bin')}:${process.env.PATH}` }
    const { child, ended } = folder.spawn('start.ts', ['--shell=browser'], env)
    await expect.poll(() => folder.read('mode').catch(() => '')).toBe('600\n')
    child.kill('SIGTERM')
    await ended
  })
})
