import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'
import type { openCore } from '@main/core/open-core'
import { threads } from './threads-plugin.ts'

const PROJECT = join(import.meta.dirname, '../..')

/** A copy of main's sources that a test changes, to see what an addition to Fabula takes; run as they are, without a build. */
export interface ChangedSources {
  /** Writes a new file. */
  add(path: string, text: string): void
  /** Replaces one place of a file; throws where it is not there exactly once. */
  edit(path: string, place: string, by: string): void
  /** The core that these sources make. */
  openCore(): Promise<typeof openCore>
  close(): Promise<void>
}

export async function changeSources(folder: string): Promise<ChangedSources> {
  for (const part of ['src-main', 'src-preload', 'resources', 'package.json'])
    cpSync(join(PROJECT, part), join(folder, part), { recursive: true })
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const alias = {
    '@contract': join(folder, 'src-preload/contract'),
    '@main': join(folder, 'src-main'),
    '@resources': join(folder, 'resources'),
  }
  const server = await createServer({
    configFile: false,
    root: folder,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias },
    plugins: [threads(folder, alias)],
  })
  return {
    add: (path, text) => writeFileSync(join(folder, path), text, { flag: 'wx' }),
    edit: (path, place, by) => {
      const file = join(folder, path)
      const parts = readFileSync(file, 'utf8').split(place)
      if (parts.length !== 2) throw new Error(`${path} has "${place}" ${parts.length - 1} times`)
      writeFileSync(file, parts.join(by))
    },
    openCore: async () => (await server.ssrLoadModule(join(folder, 'src-main/core/open-core.ts')))['openCore'],
    close: () => server.close(),
  }
}
