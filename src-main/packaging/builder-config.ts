import type { Configuration, FileSet } from 'electron-builder'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronDistribution } from './electron-distribution.ts'
import type { UpdateSource } from './update-source.ts'

export const PRODUCT = 'Fabula'

/** The name of the program on Linux. */
export const PROGRAM = 'fabula'

export const MIME_TYPE = 'application/x-fabula+json'

export interface PackagingOptions {
  /** Of the project. */
  root: string
  /** Where what is made goes. */
  output: string
  /** Where icons.ts has drawn. */
  icons: string
  electron: ElectronDistribution | null
  updates: UpdateSource
  env: NodeJS.ProcessEnv
}

/** Lines of a desktop entry that every Linux package has. */
export const desktopEntry = (root: string): Record<string, string> => {
  const words = JSON.parse(readFileSync(join(root, 'resources/packaging/desktop.json'), 'utf8')) as Record<
    string,
    string
  >
  return { ...words, StartupWMClass: PRODUCT, StartupNotify: 'true' }
}

/** What is needed to sign on each system; without it the app is built unsigned. */
export const signing = (env: NodeJS.ProcessEnv) => ({
  mac: Boolean(env.CSC_LINK || env.CSC_NAME),
  notarisation: Boolean(
    (env.APPLE_ID && env.APPLE_APP_SPECIFIC_PASSWORD && env.APPLE_TEAM_ID) ||
    (env.APPLE_API_KEY && env.APPLE_API_KEY_ID && env.APPLE_API_ISSUER)
  ),
  windows: Boolean(env.WIN_CSC_LINK || env.CSC_LINK),
})

/**
 * Of the binaries that packages bring for every system, those of one; as Node names it. (Of packages electron-builder only leaves
 * out what `files` says as text; what it says as a set is taken in.)
 */
const nativeModules = (system: string): FileSet[] => [
  {
    filter: [
      `node_modules/better-sqlite3/prebuilds/${system}-\${arch}.node`,
      `node_modules/keytar/prebuilds/${system}-\${arch}/**`,
    ],
  },
]

/** How electron-builder makes Fabula, on each system. */
export function builderConfig({ root, output, icons, electron, updates, env }: PackagingOptions): Configuration {
  const signed = signing(env)
  return {
    appId: 'app.fabula.studio',
    productName: PRODUCT,
    copyright: 'Fabula',
    directories: { output, buildResources: join(root, 'resources/packaging') },
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    ...(electron ? { electronDist: electron.folder, electronVersion: electron.version } : {}),
    // The native modules bring binaries that fit any Electron.
    npmRebuild: false,
    asar: true,
    asarUnpack: ['**/*.node'],
    files: [
      'out/**',
      'package.json',
      // The browser shell needs a Node of its own, which the app has not.
      '!out/main/serve.js',
      '!out/main/browser-shell-*.js',
      '!**/*.{map,md,ts,mts,cts,tsbuildinfo}',
      '!**/{test,tests,docs,example,examples}/**',
      '!node_modules/better-sqlite3/{deps,src}/**',
      '!node_modules/better-sqlite3/binding.gyp',
      '!node_modules/better-sqlite3/prebuilds/**',
      '!node_modules/keytar/{src,script,build}/**',
      '!node_modules/keytar/binding.gyp',
      '!node_modules/keytar/prebuilds/**',
      // Only for compiling keytar.
      '!node_modules/node-addon-api/**',
      '!node_modules/minijinja-js/dist/{bundler,node}/**',
      '!node_modules/@jsquash/webp/codec/dec/**',
      '!node_modules/@jsquash/webp/codec/enc/*_simd.*',
    ],
    // Of what Chromium itself says, in the languages that Fabula speaks.
    electronLanguages: ['en', 'en-US', 'ru'],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      // Where the system has it (Windows and macOS); Electron on Linux does not look.
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: !signed.mac,
    },
    publish: updates ? [updates] : null,
    // Without an author Windows would name Electron's as the company.
    extraMetadata: { desktopName: `${PROGRAM}.desktop`, author: { name: PRODUCT } },
    // The older one asks for libfuse 2, which current systems do not have, and starts the app without Chromium's sandbox.
    toolsets: { appimage: '1.0.3' },
    linux: {
      target: ['AppImage'],
      files: nativeModules('linux'),
      executableName: PROGRAM,
      category: 'Office',
      icon: join(icons, 'linux'),
      synopsis: 'Write and play stories with language models',
      maintainer: PRODUCT,
      vendor: PRODUCT,
      desktop: { entry: desktopEntry(root) },
      mimeTypes: [MIME_TYPE],
    },
    win: {
      target: ['nsis', 'zip'],
      files: nativeModules('win32'),
      icon: join(icons, 'icon.ico'),
      // Nobody's registry of other programs is touched; installer.nsh says what stands there instead.
      fileAssociations: [],
    },
    nsis: {
      oneClick: true,
      perMachine: false,
      shortcutName: PRODUCT,
      deleteAppDataOnUninstall: false,
      include: join(root, 'resources/packaging/installer.nsh'),
      artifactName: '${productName}-${version}-${os}-${arch}-setup.${ext}',
    },
    mac: {
      target: ['dmg', 'zip'],
      files: nativeModules('darwin'),
      category: 'public.app-category.productivity',
      icon: join(icons, 'icon.icns'),
      // Without a certificate, a signature of its own is what lets it start on Apple's processors. By such a one macOS knows
      // no newer version as the same app's and would refuse to put it in: then none is looked for.
      ...(signed.mac ? {} : { identity: '-', publish: null }),
      hardenedRuntime: signed.mac,
      gatekeeperAssess: false,
      entitlements: join(root, 'resources/packaging/entitlements.mac.plist'),
      entitlementsInherit: join(root, 'resources/packaging/entitlements.mac.plist'),
      notarize: signed.mac && signed.notarisation,
      fileAssociations: [{ ext: 'fabula.json', name: 'Fabula', role: 'Editor', rank: 'Owner' }],
      extendInfo: { CFBundleAllowMixedLocalizations: true },
    },
    dmg: { writeUpdateInfo: false },
  }
}
