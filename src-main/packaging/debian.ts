import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PRODUCT, PROGRAM } from './builder-config.ts'
import { layOut, packageVersion, WORDS_OF_REMOVAL, type LinuxPackage } from './linux-files.ts'
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

/** Makes a `.deb` with dpkg's own tool. */
export async function makeDebianPackage(made: LinuxPackage): Promise<void> {
  const { work, version, arch, file } = made
  rmSync(work, { recursive: true, force: true })
  try {
    layOut(made, work, 'deb')
    mkdirSync(join(work, 'DEBIAN'))
    writeFileSync(join(work, 'DEBIAN/control'), control(version, arch, sizeOf(work)))
    writeFileSync(join(work, 'DEBIAN/prerm'), BEFORE_REMOVAL, { mode: 0o755 })
    await runProgram('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', work, file])
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const control = (version: string, arch: string, bytes: number): string =>
  [
    `Package: ${PROGRAM}`,
    `Version: ${packageVersion(version)}`,
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
  echo "${WORDS_OF_REMOVAL}"
fi
`
