import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShippedPackage } from './shipped-packages.ts'

/** What stands in the changelog under a version, in Markdown; empty where it has no part of its own. */
export function releaseNotes(changelog: string, version: string): string {
  const parts = changelog.split(/^## /m).slice(1)
  const part = parts.find((text) => /^\[?([^\]\s]+)/.exec(text)?.[1] === version)
  return part === undefined ? '' : part.slice(part.indexOf('\n') + 1).trim()
}

/** Writes `SHA256SUMS`, which `sha256sum --check` reads. */
export function writeChecksums(folder: string, files: readonly string[]): void {
  const lines = files.map((file) => `${digest(join(folder, file), 'sha256', 'hex')}  ${file}\n`)
  writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''))
}

export const digest = (file: string, algorithm: 'sha256' | 'sha512', form: 'hex' | 'base64'): string =>
  createHash(algorithm).update(readFileSync(file)).digest(form)

/** Which packages are in what was built (shipped-packages.ts). */
function shippedIn(root: string): ShippedPackage[] {
  const all = ['main', 'renderer'].flatMap((part) => {
    const file = join(root, 'out', part, 'licences.json')
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ShippedPackage[]) : []
  })
  const byName = new Map(all.map((shipped) => [`${shipped.name}@${shipped.version}`, shipped]))
  return [...byName.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

/** Writes what the app is made of as a CycloneDX document (https://cyclonedx.org/docs/1.6/json). */
export function writeSbom(root: string, version: string, file: string): void {
  const electron = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as ShippedPackage
  const component = ({ name, version, licence }: Pick<ShippedPackage, 'name' | 'version' | 'licence'>) => {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
    return { type: 'library', 'bom-ref': purl, name, version, purl, licenses: [{ expression: licence }] }
  }
  const components = [...shippedIn(root), { name: 'electron', version: electron.version, licence: 'MIT' }]
  writeFileSync(
    file,
    `${JSON.stringify(
      {
        bomFormat: 'CycloneDX',
        specVersion: '1.6',
        version: 1,
        metadata: { component: { type: 'application', 'bom-ref': `fabula@${version}`, name: 'Fabula', version } },
        components: components.map(component),
      },
      null,
      2
    )}\n`
  )
}
