import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIME_TYPE, PRODUCT, PROGRAM, desktopEntry } from './builder-config.ts'
import { LINUX_SIZES } from './icons.ts'
import { runProgram } from './run-program.ts'
import { sizeOf } from './size-report.ts'

/** Debian's names of processors, by Node's. */
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64', arm: 'armhf' }

/** What Electron links to and finds only on the system; some have had two names since 64-bit times. */
const DEPENDS = [
  'libasound2t64 | libasound2',
  'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libcups2t64 | libcups2',
  'libgbm1',
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libsecret-1-0',
  'libxkbcommon0',
  'xdg-utils',
]

export interface DebianOptions {
  root: string
  /** The app, unpacked. */
  app: string
  icons: string
  version: string
  /** As Node names it. */
  arch: string
  file: string
  /** A folder for what is laid into the package; removed afterwards. */
  work: string
}

/** Where the program lies once it is installed. */
const HOME = `/opt/${PRODUCT}`

/** Makes a `.deb` with dpkg's own tool. */
export async function makeDebianPackage(options: DebianOptions): Promise<void> {
  const { work } = options
  rmSync(work, { recursive: true, force: true })
  try {
    layOut(options)
    await runProgram('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', work, options.file])
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function layOut({ root, app, icons, version, arch, work }: DebianOptions): void {
  const into = (path: string) => {
    const target = join(work, path)
    mkdirSync(join(target, '..'), { recursive: true })
    return target
  }
  cpSync(app, into(HOME), { recursive: true, verbatimSymlinks: true })
  // electron-updater asks it what to install a newer version with.
  writeFileSync(into(`${HOME}/resources/package-type`), 'deb')
  // Where the kernel does not let programs make user namespaces, Chromium's sandbox starts by this.
  chmodSync(into(`${HOME}/chrome-sandbox`), 0o4755)
  symlinkSync(`../..${HOME}/${PROGRAM}`, into(`usr/bin/${PROGRAM}`))
  writeFileSync(into(`usr/share/applications/${PROGRAM}.desktop`), desktopFile(root))
  writeFileSync(
    into(`usr/share/mime/packages/${PROGRAM}.xml`),
    readFileSync(join(root, 'resources/packaging/fabula-mime.xml'))
  )
  for (const size of LINUX_SIZES)
    cpSync(
      join(icons, 'linux', `${size}x${size}.png`),
      into(`usr/share/icons/hicolor/${size}x${size}/apps/${PROGRAM}.png`)
    )
  cpSync(join(root, 'resources/icons/fabula.svg'), into(`usr/share/icons/hicolor/scalable/apps/${PROGRAM}.svg`))
  writeFileSync(into('DEBIAN/control'), control(version, arch, sizeOf(work)))
  writeFileSync(into('DEBIAN/prerm'), BEFORE_REMOVAL, { mode: 0o755 })
}

export const desktopFile = (root: string): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${PRODUCT}`,
    `Exec=${PROGRAM} %F`,
    `Icon=${PROGRAM}`,
    'Terminal=false',
    'Categories=Office;',
    `MimeType=${MIME_TYPE};`,
    ...Object.entries(desktopEntry(root)).map(([name, value]) => `${name}=${value}`),
    '',
  ].join('\n')

const control = (version: string, arch: string, bytes: number): string =>
  [
    `Package: ${PROGRAM}`,
    // A dash would begin Debian's own revision; before a tilde comes what is older.
    `Version: ${version.replace('-', '~')}`,
    `Architecture: ${ARCHITECTURES[arch] ?? arch}`,
    `Maintainer: ${PRODUCT} <fabula@localhost>`,
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    'Section: editors',
    'Priority: optional',
    `Depends: ${DEPENDS.join(', ')}`,
    'Recommends: gnome-keyring | kwalletmanager',
    'Description: Studio for writing and playing stories with language models',
    ' Stories, keys and settings stay on your own computer. You decide which model',
    ' does which job, and see which model wrote what and what it cost.',
    '',
  ].join('\n')

const BEFORE_REMOVAL = `#!/bin/sh
set -e
if [ "$1" = remove ]; then
  echo "Fabula is removed. Your stories and settings stay in ~/.config/${PRODUCT}."
fi
`
