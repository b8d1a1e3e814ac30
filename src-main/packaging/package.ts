// `npm run package`: makes what this machine can of the app that the build has made, and says what it left out and why.
import { Arch, Platform, build, type AfterPackContext, type Configuration } from 'electron-builder'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { lookup } from 'node:dns/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeArchive } from './archive.ts'
import { PRODUCT, builderConfig, signing } from './builder-config.ts'
import { makeDebianPackage } from './debian.ts'
import { givenElectron, placeOfNativeModule } from './electron-distribution.ts'
import { makeIcons } from './icons.ts'
import { makeRpmPackage } from './rpm.ts'
import { releaseNotes, writeChecksums, writeSbom } from './release-files.ts'
import { hasProgram } from './run-program.ts'
import { MOST_BYTES, reportLines, weigh } from './size-report.ts'
import { addToUpdateList, writeUpdateSource } from './update-list.ts'
import { updateSource } from './update-source.ts'

const root = join(import.meta.dirname, '../..')

interface Made {
  files: string[]
  /** What was not made, and why. */
  leftOut: string[]
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      /** Only the app in a folder. */
      dir: { type: 'boolean', default: false },
      output: { type: 'string', default: join(root, 'dist') },
    },
  })
  const { output } = values
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const electron = givenElectron(process.env)
  const updates = updateSource(process.env)
  const work = join(output, 'work')
  const icons = join(work, 'icons')
  rmSync(work, { recursive: true, force: true })
  // What an earlier run made, of another version perhaps, is not to be taken for this one's.
  mkdirSync(output, { recursive: true })
  for (const file of artefacts(output)) rmSync(join(output, file))
  await makeIcons(join(root, 'resources/icons/fabula.svg'), icons)

  const apps: AfterPackContext[] = []
  const notes = releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version)
  // A new one for each use: electron-builder writes into what it is given.
  const config = (): Configuration => ({
    ...builderConfig({ root, output, icons, electron, updates, env: process.env }),
    releaseInfo: { releaseNotes: notes },
    afterPack: (context) => {
      apps.push(context)
      const resources = context.packager.getResourcesDir(context.appOutDir)
      const native = electron?.nativeModules ?? []
      const target = `${context.packager.platform.nodeName}-${Arch[context.arch]}`
      for (const file of native) cpSync(file, join(resources, 'app.asar.unpacked', placeOfNativeModule(file, target)))
      if (electron) {
        rmSync(join(resources, 'default_app.asar'), { force: true })
        rmSync(join(context.appOutDir, 'version'), { force: true })
      }
      // Those of our own making need it too, and electron-builder's get the same.
      if (updates && context.packager.platform === Platform.LINUX) writeUpdateSource(resources, updates)
    },
  })
  const make = (targets: string[], prepackaged?: string) =>
    build({
      projectDir: root,
      config: config(),
      publish: 'never',
      targets: Platform.current().createTarget(targets, ...archs()),
      ...(prepackaged === undefined ? {} : { prepackaged }),
    })

  say(signingNotes())
  await make(values.dir || process.platform === 'linux' ? ['dir'] : []).catch((error: unknown) => {
    if (electron !== null || !(error instanceof Error && 'code' in error)) throw error
    throw new Error(
      `Electron could not be downloaded (${error.message}). ELECTRON_OVERRIDE_DIST_PATH names a folder with one that is there.`,
      { cause: error }
    )
  })
  weighAll(apps)
  if (!values.dir) {
    const made = process.platform === 'linux' ? await makeForLinux() : { files: [], leftOut: [] }
    const files = artefacts(output)
    writeSbom(root, version, join(output, `${PRODUCT}-${version}-sbom.cdx.json`))
    writeChecksums(output, artefacts(output))
    say(files.map((file) => `Made ${file} (${(statSync(join(output, file)).size / 1e6).toFixed(1)} MB)`))
    say(made.leftOut.map((what) => `Left out: ${what}`))
  }
  rmSync(work, { recursive: true, force: true })

  /** The archive, the `.deb` and the `.rpm` need only programs of Linux; for an AppImage electron-builder downloads its tools. */
  async function makeForLinux(): Promise<Made> {
    const [app] = apps
    if (!app) throw new Error('There is no app to pack')
    const arch = Arch[app.arch]
    const made: Made = { files: [], leftOut: [] }
    const name = `${PRODUCT}-${version}-linux-${arch}`
    await makeArchive(app.appOutDir, name, join(output, `${name}.tar.gz`))
    const tools = await toolsProblem(process.env)
    if (tools === null) await make(['AppImage'], app.appOutDir)
    else made.leftOut.push(`AppImage: ${tools}`)
    for (const [ending, program, makePackage] of OWN_PACKAGES) {
      if (!hasProgram(program)) {
        made.leftOut.push(`${ending}: ${program} is not on this computer`)
        continue
      }
      const file = join(output, `${name}.${ending}`)
      await makePackage({ root, app: app.appOutDir, icons, version, arch, file, work: join(work, ending) })
      if (updates) addToUpdateList(output, arch, version, file, notes)
    }
    return made
  }
}

/** Packages of our own making, and what makes them. */
const OWN_PACKAGES = [
  ['deb', 'dpkg-deb', makeDebianPackage],
  ['rpm', 'rpmbuild', makeRpmPackage],
] as const

/** A Mac makes both kinds; elsewhere the machine's own is made. */
function archs(): Arch[] {
  if (process.platform === 'darwin') return [Arch.x64, Arch.arm64]
  return [process.arch === 'arm64' ? Arch.arm64 : Arch.x64]
}

/** Why electron-builder cannot get its tools, or null: they are in a folder, or come from GitHub or a mirror that is named to it. */
async function toolsProblem(env: NodeJS.ProcessEnv): Promise<string | null> {
  if (env.ELECTRON_BUILDER_BINARIES_MIRROR || env.APPIMAGE_TOOLS_PATH) return null
  try {
    await lookup('github.com')
    return null
  } catch {
    return 'electron-builder downloads the tools for it from GitHub, which cannot be reached (ELECTRON_BUILDER_BINARIES_MIRROR names another place, APPIMAGE_TOOLS_PATH a folder with them)'
  }
}

function signingNotes(): string[] {
  const signed = signing(process.env)
  if (process.platform === 'darwin' && !signed.mac)
    return ['Not signed: no certificate (CSC_LINK or CSC_NAME). Macs will ask before they open it.']
  if (process.platform === 'darwin' && !signed.notarisation)
    return ['Signed, but not notarised: no account of Apple (APPLE_API_KEY … or APPLE_ID …).']
  if (process.platform === 'win32' && !signed.windows)
    return ['Not signed: no certificate (WIN_CSC_LINK or CSC_LINK). Windows will warn before it runs it.']
  return []
}

function weighAll(apps: readonly AfterPackContext[]): void {
  for (const { appOutDir, packager } of apps) {
    const report = weigh(appOutDir, packager.getResourcesDir(appOutDir))
    say(reportLines(report, appOutDir))
    if (report.app > MOST_BYTES) throw new Error(`Fabula is to have at most ${MOST_BYTES / 1e6} MB without Electron`)
  }
}

/** What is to be given to people, and what the updater reads. */
const artefacts = (output: string): string[] =>
  readdirSync(output, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(AppImage|deb|rpm|gz|exe|dmg|zip|blockmap|yml|json)$/.test(entry.name))
    .map((entry) => entry.name)
    .filter((name) => !name.startsWith('builder-'))
    .toSorted()

const say = (lines: readonly string[]) => {
  for (const line of lines) console.log(line)
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
