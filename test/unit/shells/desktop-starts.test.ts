import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openedPaths } from '@main/shells/electron/opened-paths'
import { portableFolder } from '@main/shells/portable-folder'
import { temporaryFolder } from '@test/helpers/temporary-folder'

describe('the files of a start', () => {
  it('are what is no option, from where it was called; of an unpacked app the first is the app', () => {
    const args = ['--no-sandbox', 'мой пресет.fabula.json', '--data-dir=/x', '/tmp/b.png', '']
    expect(openedPaths(args, '/home/me', true)).toEqual(['/home/me/мой пресет.fabula.json', '/tmp/b.png'])
    expect(openedPaths(['--no-sandbox', '.', 'a.json'], '/home/me', false)).toEqual(['/home/me/a.json'])
    expect(openedPaths([], '/', true)).toEqual([])
  })
})

describe('a portable program', () => {
  let root: ReturnType<typeof temporaryFolder>
  beforeEach(() => {
    root = temporaryFolder()
  })
  afterEach(() => root.remove())
  const made = (...path: string[]) => {
    const folder = join(root.path, ...path)
    mkdirSync(folder, { recursive: true })
    return folder
  }

  it('keeps its data in the folder beside it, and only in a folder', () => {
    const program = join(made('Fabula'), 'Fabula.exe')
    expect(portableFolder(program, 'win32', {})).toBeNull()
    writeFileSync(join(root.path, 'Fabula', 'fabula-data'), '')
    expect(portableFolder(program, 'win32', {})).toBeNull()
    const other = join(made('Other'), 'fabula')
    expect(portableFolder(other, 'linux', {})).toBeNull()
    expect(portableFolder(other, 'linux', { APPIMAGE: '' })).toBeNull()
    const data = made('Other', 'fabula-data')
    expect(portableFolder(other, 'linux', {})).toBe(data)
  })

  it('looks beside what the user sees: the AppImage, or the app of macOS', () => {
    const data = made('fabula-data')
    const image = join(root.path, 'Fabula.AppImage')
    expect(portableFolder('/tmp/.mount_x/fabula', 'linux', { APPIMAGE: image })).toBe(data)
    const inApp = join(root.path, 'Fabula.app/Contents/MacOS/Fabula')
    expect(portableFolder(inApp, 'darwin', {})).toBe(data)
    expect(portableFolder(inApp, 'linux', {})).toBeNull()
  })
})
