import { extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { Arch, Platform, build } from 'electron-builder'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builderConfig } from '@main/packaging/builder-config'
import { makeIcons } from '@main/packaging/icons'
import { PROJECT_FOLDER } from '@test/helpers/app-process'
import { standInForMac, standInForWindows } from '@test/helpers/stand-in-electron'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { readProgram } from '@test/helpers/windows-program'

/** electron-builder's own reader of what macOS is told about an app. */
const { parsePlistFile } = createRequire(import.meta.url)('app-builder-lib/out/util/plist.js') as {
  parsePlistFile: (file: string) => Promise<unknown>
}

/**
 * What electron-builder makes for the systems that are not this one, out of an Electron that is laid out as theirs and does not
 * run: whose binaries go in, what the program is called, and what its system is told about it.
 */
describe('the app packed for other systems', () => {
  const folder = temporaryFolder()
  const output = join(folder.path, 'made')
  const windows = join(output, 'win-unpacked')
  const mac = join(output, 'mac-arm64/Fabula.app/Contents')

  beforeAll(async () => {
    const icons = join(folder.path, 'icons')
    await makeIcons(join(PROJECT_FOLDER, 'resources/icons/fabula.svg'), icons)
    const pack = (platform: Platform, arch: Arch, electron: string) => {
      const config = builderConfig({
        root: PROJECT_FOLDER,
        output,
        icons,
        electron: { folder: electron, version: '45.0.0', nativeModules: [] },
        updates: null,
        env: {},
      })
      return build({
        projectDir: PROJECT_FOLDER,
        publish: 'never',
        targets: platform.createTarget('dir', arch),
        // Only a Mac can sign.
        config: { ...config, electronFuses: { ...config.electronFuses, resetAdHocDarwinSignature: false } },
      })
    }
    await Promise.all([
      pack(Platform.WINDOWS, Arch.x64, standInForWindows(join(folder.path, 'windows'))),
      pack(Platform.MAC, Arch.arm64, standInForMac(join(folder.path, 'mac'))),
    ])
  })
  afterAll(() => folder.remove())

  const nativeModules = (archive: string) =>
    listPackage(archive, { isPack: false }).filter((path) => path.endsWith('.node'))

  /** Of the program, or of what stands in for Electron's own in it. */
  const locks = async (program: string) => {
    const fuses = await getCurrentFuseWire(program)
    const on = (fuse: FuseV1Options) => fuses[fuse] === FuseState.ENABLE
    return {
      integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
      runAsNode: on(FuseV1Options.RunAsNode),
    }
  }
  const locked = { integrity: true, onlyAsar: true, runAsNode: false }

  it('has the binaries of Windows, a name and a version that Windows shows, and its locks', async () => {
    const archive = join(windows, 'resources/app.asar')
    expect(nativeModules(archive)).toEqual([
      '/node_modules/better-sqlite3/prebuilds/win32-x64.node',
      '/node_modules/keytar/prebuilds/win32-x64/keytar.node',
    ])
    expect(existsSync(join(windows, 'resources/app.asar.unpacked/node_modules/keytar/prebuilds/win32-x64'))).toBe(true)
    expect(readdirSync(join(windows, 'locales'))).toEqual(['en-US.pak', 'ru.pak'])
    const { version: ours } = JSON.parse(String(extractFile(archive, 'package.json'))) as { version: string }
    expect(readProgram(readFileSync(join(windows, 'Fabula.exe')))).toMatchObject({
      texts: { CompanyName: 'Fabula', FileDescription: 'Fabula', FileVersion: ours, ProductName: 'Fabula' },
      icons: 9,
      hasIntegrity: true,
    })
    expect(await locks(join(windows, 'Fabula.exe'))).toEqual(locked)
  })

  it('has the binaries of macOS, its file type by the whole ending, and no address of its own', async () => {
    expect(nativeModules(join(mac, 'Resources/app.asar'))).toEqual([
      '/node_modules/better-sqlite3/prebuilds/darwin-arm64.node',
      '/node_modules/keytar/prebuilds/darwin-arm64/keytar.node',
    ])
    const about = await parsePlistFile(join(mac, 'Info.plist'))
    expect(about).toMatchObject({
      CFBundleDisplayName: 'Fabula',
      CFBundleExecutable: 'Fabula',
      CFBundleIdentifier: 'app.fabula.studio',
      LSApplicationCategoryType: 'public.app-category.productivity',
      CFBundleDocumentTypes: [
        { CFBundleTypeExtensions: ['fabula.json'], CFBundleTypeRole: 'Editor', LSHandlerRank: 'Owner' },
      ],
      ElectronAsarIntegrity: { 'Resources/app.asar': { algorithm: 'SHA256' } },
    })
    expect(about).not.toHaveProperty('CFBundleURLTypes')
    expect(readdirSync(join(mac, 'Resources')).filter((name) => name.endsWith('.lproj'))).toEqual([
      'en.lproj',
      'ru.lproj',
    ])
    expect(readdirSync(join(mac, 'Frameworks')).toSorted()).toContain('Fabula Helper (Renderer).app')
    expect(await locks(join(mac, '..'))).toEqual(locked)
    const entitlements = await parsePlistFile(join(PROJECT_FOLDER, 'resources/packaging/entitlements.mac.plist'))
    expect(entitlements).toEqual({ 'com.apple.security.cs.allow-jit': true })
  })
})
