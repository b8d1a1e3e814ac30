import { mkdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LaunchFolder } from './launch-folder'

let folder: LaunchFolder

/** Does what npm does to the folder, as far as setup looks at it, and writes down what it was asked for. */
const NPM = `
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
const [command, ...rest] = process.argv.slice(2)
appendFileSync('asked', [command, ...rest.filter((word) => !word.startsWith('--'))].join(' ') + '\\n')
if (process.env.OFFLINE) {
  console.error('npm error code ENOTFOUND')
  process.exit(1)
}
if (command === 'ci') {
  mkdirSync('node_modules', { recursive: true })
  writeFileSync('node_modules/.package-lock.json', '{}')
} else {
  mkdirSync('node_modules/node/bin', { recursive: true })
  mkdirSync('node_modules/keytar/build/Release', { recursive: true })
  symlinkSync(process.execPath, 'node_modules/node/bin/node')
}
`

const setup = async (env: NodeJS.ProcessEnv = {}) => {
  const npm = join(folder.path, 'npm-cli.js')
  return folder.spawn('setup.mjs', ['./start.ts', '--shell=browser', '--no-open'], { npm_execpath: npm, ...env }).ended
}

beforeEach(async () => {
  folder = await LaunchFolder.create()
  await folder.write('npm-cli.js', NPM)
  const lock = await folder.write('package-lock.json', '{}')
  await utimes(lock, new Date(1), new Date(1))
})

afterEach(() => folder.remove())

describe.skipIf(process.platform === 'win32')('setup', () => {
  it('installs on a fresh machine, says so in one line, and starts', async () => {
    const { code, said } = await setup()
    expect(said.split('\n')[0]).toBe('Installing what Fabula is made of; this takes a minute, once.')
    expect(said).toContain('Fabula is ready')
    expect(await folder.read('asked')).toBe('ci\nrebuild node keytar\n')
    expect(code).toBe(0)
  })

  it('does nothing when all is there', async () => {
    await setup()
    const { said } = await setup()
    expect(said).not.toContain('Installing')
    expect(await folder.read('asked')).toBe('ci\nrebuild node keytar\n')
  })

  it('installs again when the lock file is newer', async () => {
    await setup()
    const later = new Date(Date.now() + 60_000)
    await utimes(join(folder.path, 'package-lock.json'), later, later)
    const { said } = await setup({ OFFLINE: '1' })
    expect(said).toContain('Installing')
    expect(await folder.read('asked')).toBe('ci\nrebuild node keytar\nci\n')
  })

  it('finishes an installation that was cut before its binaries were there', async () => {
    await mkdir(join(folder.path, 'node_modules'))
    await folder.write('node_modules/.package-lock.json', '{}')
    const { said } = await setup()
    expect(await folder.read('asked')).toBe('rebuild node keytar\n')
    expect(said).toContain('Fabula is ready')
  })

  it('says what is needed when offline, and starts nothing', async () => {
    const { code, said } = await setup({ OFFLINE: '1' })
    expect(said).toContain('npm error code ENOTFOUND')
    expect(said).toContain('The first start needs a connection to the npm registry')
    expect(said).not.toContain('Fabula is ready')
    expect(code).toBe(1)
  })
})
