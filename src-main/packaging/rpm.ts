import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PRODUCT, PROGRAM } from './builder-config.ts'
import { LINUX_SIZES } from './icons.ts'
import { layOut, packageVersion, WORDS_OF_REMOVAL, type LinuxPackage } from './linux-files.ts'
import { runProgram } from './run-program.ts'

/** RPM's names of processors, by Node's. */
const ARCHITECTURES: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64', arm: 'armv7hl' }

/** What Electron links to and finds only on the system. By their files: Fedora and openSUSE name the packages differently. */
const LIBRARIES = [
  'libasound.so.2',
  'libatk-bridge-2.0.so.0',
  'libatspi.so.0',
  'libcups.so.2',
  'libgbm.so.1',
  'libgtk-3.so.0',
  'libnss3.so',
  'libsecret-1.so.0',
  'libxkbcommon.so.0',
]

/** One by one: rpmbuild finds nothing by a pattern where a folder above has a space in its name. */
const FILES = [
  `/opt/${PRODUCT}`,
  `/usr/bin/${PROGRAM}`,
  `/usr/share/applications/${PROGRAM}.desktop`,
  `/usr/share/mime/packages/${PROGRAM}.xml`,
  ...LINUX_SIZES.map((size) => `/usr/share/icons/hicolor/${size}x${size}/apps/${PROGRAM}.png`),
  `/usr/share/icons/hicolor/scalable/apps/${PROGRAM}.svg`,
]

/** Makes an `.rpm` with rpmbuild. */
export async function makeRpmPackage(made: LinuxPackage): Promise<void> {
  const { work, version, arch, file } = made
  rmSync(work, { recursive: true, force: true })
  try {
    const [tree, spec, target] = [join(work, 'tree'), join(work, 'fabula.spec'), ARCHITECTURES[arch] ?? arch]
    mkdirSync(work, { recursive: true })
    layOut(made, tree, 'rpm')
    writeFileSync(spec, specification(version, target))
    const defined = {
      _topdir: work,
      _buildhost: 'localhost',
      _rpmdir: join(work, 'made'),
      _build_name_fmt: '%{NAME}.rpm',
      laid_out: tree,
    }
    const defines = Object.entries(defined).flatMap(([name, value]) => ['--define', `${name} ${value}`])
    await runProgram('rpmbuild', ['-bb', '--quiet', '--target', target, ...defines, spec])
    const [done = ''] = readdirSync(defined._rpmdir)
    renameSync(join(defined._rpmdir, done), file)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** In it nothing is compiled, stripped or looked through: the files go in as they lie. */
const specification = (version: string, target: string): string => `
%global debug_package %{nil}
%global __os_install_post %{nil}
%global _build_id_links none
%global _binary_payload w2T0.xzdio

Name: ${PROGRAM}
Version: ${packageVersion(version)}
Release: 1
Summary: Studio for writing and playing stories with language models
License: LicenseRef-Fabula
Group: Productivity/Office
AutoReqProv: no
${LIBRARIES.map((library) => `Requires: ${library}()${target === 'armv7hl' ? '' : '(64bit)'}`).join('\n')}
Requires: xdg-utils

%description
Stories, keys and settings stay on your own computer. You decide which model
does which job, and see which model wrote what and what it cost.

%install
mkdir -p "%{buildroot}"
cp -a "%{laid_out}/." "%{buildroot}/"

%preun
if [ "$1" = 0 ]; then
  echo "${WORDS_OF_REMOVAL}"
fi

%files
%defattr(-,root,root)
${FILES.join('\n')}
`
