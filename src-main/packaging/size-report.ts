import { getRawHeader } from '@electron/asar'
import { readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** What the app may weigh without Electron, in bytes. */
export const MOST_BYTES = 40_000_000

export interface Part {
  name: string
  bytes: number
}

export interface SizeReport {
  /** The whole folder. */
  total: number
  /** What is ours in it, native modules and all. */
  app: number
  /** What makes that up, heaviest first. */
  parts: Part[]
}

/** Weighs an app that was packaged, by what stands in its archive. */
export function weigh(appFolder: string, resources: string): SizeReport {
  const parts = new Map<string, number>()
  const add = (path: string, bytes: number) => parts.set(partOf(path), (parts.get(partOf(path)) ?? 0) + bytes)
  const look = (entry: Entry, path: string) => {
    if (entry.files)
      for (const [name, inner] of Object.entries(entry.files)) look(inner, path ? `${path}/${name}` : name)
    else if (entry.size !== undefined) add(path, entry.size)
  }
  look(getRawHeader(join(resources, 'app.asar')).header, '')
  const sorted = [...parts].map(([name, bytes]) => ({ name, bytes })).toSorted((a, b) => b.bytes - a.bytes)
  return { total: sizeOf(appFolder), app: sorted.reduce((sum, { bytes }) => sum + bytes, 0), parts: sorted }
}

/** Of a file in the archive's table, or a folder. */
interface Entry {
  size?: number
  files?: Record<string, Entry>
}

function partOf(path: string): string {
  const [first, second, third] = path.split('/')
  if (first === 'node_modules') return `package ${second?.startsWith('@') ? `${second}/${third}` : second}`
  if (path.endsWith('.woff2')) return 'fonts'
  if (first === 'out') return second === 'main' ? 'core' : second === 'renderer' ? 'screens' : 'preload'
  return 'other'
}

/** Of all files in a folder, in bytes; links count as nothing. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`

/** As lines for the terminal. */
export function reportLines({ total, app, parts }: SizeReport, folder: string): string[] {
  const small = parts.filter(({ bytes }) => bytes < 50_000).reduce((sum, { bytes }) => sum + bytes, 0)
  return [
    `${relative(process.cwd(), folder).replaceAll(sep, '/')} has ${megabytes(total)}; without Electron, Fabula has ${megabytes(app)}:`,
    ...parts
      .filter(({ bytes }) => bytes >= 50_000)
      .map(({ name, bytes }) => `  ${megabytes(bytes).padStart(9)}  ${name}`),
    ...(small > 0 ? [`  ${megabytes(small).padStart(9)}  what is smaller`] : []),
  ]
}
