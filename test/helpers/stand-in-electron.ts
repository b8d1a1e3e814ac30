import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeProgram } from '@test/helpers/windows-program'

/** What Electron's programs carry where their fuses are (https://www.electronjs.org/docs/latest/tutorial/fuses): the mark, a version, a length, and each fuse. */
const FUSE_WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100011'),
])

const LICENCES = ['LICENSE', 'LICENSES.chromium.html']

/** Lays out what Electron has for Windows as far as a packager looks at it: nothing in it runs. */
export function standInForWindows(folder: string): string {
  const program = makeProgram({ CompanyName: 'GitHub, Inc.', ProductName: 'Electron' })
  write(folder, 'electron.exe', Buffer.concat([program, FUSE_WIRE]))
  for (const file of LICENCES) write(folder, file, '')
  for (const language of ['de', 'en-US', 'ru']) write(folder, `locales/${language}.pak`, '')
  write(folder, 'version', '45.0.0')
  return folder
}

/** The same for macOS. */
export function standInForMac(folder: string): string {
  const contents = join(folder, 'Electron.app/Contents')
  const bundle = (at: string, name: string) => {
    write(at, 'Info.plist', `<plist version="1.0"><dict><key>CFBundleName</key><string>${name}</string></dict></plist>`)
    write(at, `MacOS/${name}`, '')
    chmodSync(join(at, 'MacOS', name), 0o755)
  }
  bundle(contents, 'Electron')
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)'])
    bundle(join(contents, `Frameworks/Electron Helper${kind}.app/Contents`), `Electron Helper${kind}`)
  const framework = join(contents, 'Frameworks/Electron Framework.framework')
  write(framework, 'Electron Framework', FUSE_WIRE)
  for (const language of ['de', 'en', 'ru'])
    for (const place of [contents, join(framework, 'Versions/A')])
      write(place, `Resources/${language}.lproj/locale.pak`, '')
  for (const file of LICENCES) write(folder, file, '')
  write(folder, 'version', '45.0.0')
  return folder
}

function write(folder: string, file: string, content: string | Buffer): void {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
