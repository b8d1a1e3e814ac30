import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeArchive } from '@main/packaging/archive'
import { makeDebianPackage } from '@main/packaging/debian'
import { makeIcons } from '@main/packaging/icons'
import { makeRpmPackage } from '@main/packaging/rpm'
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

const drawn = temporaryFolder()
const icons = drawn.path
beforeAll(() => makeIcons(join(PROJECT_FOLDER, 'resources/icons/fabula.svg'), icons))
afterAll(() => drawn.remove())

/** Why a program's packages cannot be made here, or null. */
const without = (program: string) =>
  process.platform !== 'linux' ? 'not on Linux' : findProgram(program) === null ? `no ${program}` : null
const because = (missing: string | null) => (missing === null ? '' : ` (skipped: ${missing})`)

/** NSIS takes names of files as the language of the system writes them. */
const environment = { ...process.env, LC_ALL: 'C.UTF-8' }

const output = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: 'utf8', env: environment })

const appIn = (folder: string) => {
  const app = join(folder, 'linux-unpacked')
  mkdirSync(join(app, 'resources'), { recursive: true })
  writeFileSync(join(app, 'fabula'), '#!/bin/sh\n')
  chmodSync(join(app, 'fabula'), 0o755)
  writeFileSync(join(app, 'chrome-sandbox'), '')
  return app
}

/** Asked of a package in a folder of its own. */
const packed = async (make: typeof makeDebianPackage, ending: string) => {
  const folder = newFolder()
  const file = join(folder, `fabula.${ending}`)
  const [app, work] = [appIn(folder), join(folder, 'work')]
  await make({ root: PROJECT_FOLDER, app, icons, version: '1.2.3-beta.1', arch: 'x64', file, work })
  return { folder, file }
}

const noDpkg = without('dpkg-deb')
describe.skipIf(noDpkg !== null)(`packages of Debian${because(noDpkg)}`, () => {
  it('puts the program, its icon, its file type and its place in the menu where Debian looks for them', async () => {
    const { folder, file } = await packed(makeDebianPackage, 'deb')
    const list = output('dpkg-deb', '--contents', file)
    expect(list).toMatch(/^-rwxr-xr-x root\/root .* \.\/opt\/Fabula\/fabula$/m)
    expect(list).toMatch(/^-rwsr-xr-x root\/root .* \.\/opt\/Fabula\/chrome-sandbox$/m)
    expect(list).toMatch(/\.\/usr\/bin\/fabula -> \.\.\/\.\.\/opt\/Fabula\/fabula$/m)
    for (const path of [
      './opt/Fabula/resources/package-type',
      './usr/share/icons/hicolor/256x256/apps/fabula.png',
      './usr/share/mime/packages/fabula.xml',
    ])
      expect(list).toContain(path)
    const field = (name: string) => output('dpkg-deb', '--field', file, name).trim()
    expect([field('Package'), field('Version'), field('Architecture')]).toEqual(['fabula', '1.2.3~beta.1', 'amd64'])
    output('dpkg-deb', '--extract', file, join(folder, 'out'))
    const entry = readFileSync(join(folder, 'out/usr/share/applications/fabula.desktop'), 'utf8')
    expect(entry).toContain('Comment[ru]=')
    expect(entry).toContain('MimeType=application/x-fabula+json;')
  })
})

const noRpm = without('rpmbuild')
describe.skipIf(noRpm !== null)(`packages of Fedora and openSUSE${because(noRpm)}`, () => {
  it('puts the same into an .rpm, which asks for libraries by their files', async () => {
    const { file } = await packed(makeRpmPackage, 'rpm')
    const asked = (...args: string[]) => output('rpm', '--query', '--package', ...args, file)
    expect(asked('--queryformat', '%{NAME} %{VERSION} %{ARCH} %{BUILDHOST}')).toBe(
      'fabula 1.2.3~beta.1 x86_64 localhost'
    )
    const list = asked('--list', '--verbose')
    expect(list).toMatch(/^-rwxr-xr-x .* root +root .* \/opt\/Fabula\/fabula$/m)
    expect(list).toMatch(/^-rwsr-xr-x .* \/opt\/Fabula\/chrome-sandbox$/m)
    expect(list).toMatch(/\/usr\/bin\/fabula -> \.\.\/\.\.\/opt\/Fabula\/fabula$/m)
    for (const path of [
      '/opt/Fabula/resources/package-type',
      '/usr/share/applications/fabula.desktop',
      '/usr/share/icons/hicolor/256x256/apps/fabula.png',
      '/usr/share/mime/packages/fabula.xml',
    ])
      expect(list).toContain(path)
    // Folders of the system are not this package's to own.
    expect(list).not.toMatch(/ \/usr\/(bin|share\/applications)$/m)
    expect(asked('--requires')).toContain('libgtk-3.so.0()(64bit)')
    expect(asked('--scripts')).toContain('~/.config/Fabula')
  })
})

describe.skipIf(process.platform !== 'linux')('an archive', () => {
  it('packs a folder under a name of its own', async () => {
    const folder = newFolder()
    const file = join(folder, 'app.tar.gz')
    await makeArchive(appIn(folder), 'Fabula-1.2.3', file)
    const list = output('tar', '--list', '--verbose', '--file', file)
    expect(list).toMatch(/^-rwxr-xr-x 0\/0 .* Fabula-1\.2\.3\/fabula$/m)
  })
})

const noNsis = without('makensis')
describe.skipIf(noNsis !== null)(`the installer of Windows${because(noNsis)}`, () => {
  const OURS = join(PROJECT_FOLDER, 'resources/packaging/installer.nsh')

  /** Ours in the place that electron-builder has for it, as far as it asks for anything. */
  const script = (folder: string) => `
    Unicode true
    Name Fabula
    OutFile "${join(folder, 'Fabula.exe')}"
    !include LogicLib.nsh
    !include FileFunc.nsh
    !include "${OURS}"
    !define APP_EXECUTABLE_FILENAME Fabula.exe
    !define isUpdated '"" isUpdated ""'
    !macro _isUpdated _a _b _t _f
      StrCmp $R9 true \`\${_t}\` \`\${_f}\`
    !macroend
    Section
      !insertmacro customInstall
      WriteUninstaller "$INSTDIR\\uninstall.exe"
    SectionEnd
    Section Uninstall
      !insertmacro customUnInstall
    SectionEnd
  `

  it('is taken by NSIS, and asks about stories also when electron-builder has made it silent', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'setup.nsi'), script(folder))
    output('makensis', '-WX', '-V2', '-INPUTCHARSET', 'UTF8', join(folder, 'setup.nsi'))
    // With a default for silence, a question is answered without being asked.
    expect(readFileSync(OURS, 'utf8')).not.toContain('/SD')
  })
})
