import { dump, load } from 'js-yaml'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { digest } from './release-files.ts'
import type { UpdateSource } from './update-source.ts'

/** What electron-updater reads at the place where newer versions are. */
interface UpdateList {
  version: string
  files: { url: string; sha512: string; size: number }[]
  path: string
  sha512: string
  releaseDate: string
  releaseNotes?: string
}

/** Adds an installer of our own making to the list that electron-builder has written, or begins one. */
export function addToUpdateList(
  folder: string,
  arch: string,
  version: string,
  file: string,
  releaseNotes: string
): void {
  const path = join(folder, `latest-linux${arch === 'x64' ? '' : `-${arch}`}.yml`)
  const added = { url: basename(file), sha512: digest(file, 'sha512', 'base64'), size: statSync(file).size }
  const begun = existsSync(path) ? (load(readFileSync(path, 'utf8')) as UpdateList) : null
  const list: UpdateList =
    begun?.version === version
      ? { ...begun, files: [...begun.files.filter(({ url }) => url !== added.url), added] }
      : {
          version,
          files: [added],
          path: added.url,
          sha512: added.sha512,
          releaseDate: new Date().toISOString(),
          ...(releaseNotes === '' ? {} : { releaseNotes }),
        }
  writeFileSync(path, dump(list, { lineWidth: -1 }))
}

/** Tells the app where newer versions of it are. */
export function writeUpdateSource(resources: string, source: NonNullable<UpdateSource>): void {
  writeFileSync(join(resources, 'app-update.yml'), dump({ ...source, updaterCacheDirName: 'fabula-updater' }))
}
