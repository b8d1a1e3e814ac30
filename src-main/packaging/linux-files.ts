import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MIME_TYPE, PRODUCT, PROGRAM, desktopEntry } from './builder-config.ts'
import { LINUX_SIZES } from './icons.ts'

/** A package of our own making. */
export interface LinuxPackage {
  /** Of the project. */
  root: string
  /** The app, unpacked. */
  app: string
  /** Where icons.ts has drawn. */
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

/** What the package says when it is removed for good. */
export const WORDS_OF_REMOVAL = `Fabula is removed. Your stories and settings stay in ~/.config/${PRODUCT}.`

/** As package managers compare versions: a dash would begin their own revision, and before a tilde comes what is older. */
export const packageVersion = (version: string): string => version.replaceAll('-', '~')

/**
 * Lays the app, its place in the menu, its icons and its file type into a folder that stands for `/`.
 *
 * @param kind what electron-updater is to install a newer version with
 */
export function layOut({ root, app, icons }: LinuxPackage, folder: string, kind: 'deb' | 'rpm'): void {
  const into = (path: string) => {
    const target = join(folder, path)
    mkdirSync(join(target, '..'), { recursive: true })
    return target
  }
  cpSync(app, into(HOME), { recursive: true, verbatimSymlinks: true })
  writeFileSync(into(`${HOME}/resources/package-type`), kind)
  // Where the kernel does not let programs make user namespaces, Chromium's sandbox starts by this.
  chmodSync(into(`${HOME}/chrome-sandbox`), 0o4755)
  symlinkSync(`../..${HOME}/${PROGRAM}`, into(`usr/bin/${PROGRAM}`))
  writeFileSync(into(`usr/share/applications/${PROGRAM}.desktop`), desktopFile(root))
  cpSync(join(root, 'resources/packaging/fabula-mime.xml'), into(`usr/share/mime/packages/${PROGRAM}.xml`))
  const icon = (size: string, ending: string) => into(`usr/share/icons/hicolor/${size}/apps/${PROGRAM}.${ending}`)
  for (const size of LINUX_SIZES) cpSync(join(icons, 'linux', `${size}x${size}.png`), icon(`${size}x${size}`, 'png'))
  cpSync(join(root, 'resources/icons/fabula.svg'), icon('scalable', 'svg'))
}

const desktopFile = (root: string): string =>
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
