import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder'

/** A disk of its own, in memory, that can be full or read-only. */
export interface SmallDisk {
  path: string
  /** Takes all the room that is left. */
  fill(): void
  /** Gives it back. */
  free(): void
  makeReadOnly(): void
  remove: () => void
}

const run = (program: string, ...args: string[]): string | null => {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? null : (error?.message ?? stderr.trim()) || `${program} failed`
}

export function mountSmallDisk(kilobytes: number): SmallDisk {
  const folder = temporaryFolder()
  const { path } = folder
  const refused = run('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path)
  if (refused !== null) throw new Error(refused)
  const ballast = join(path, 'ballast')
  return {
    path,
    fill: () => {
      let size = kilobytes * 1024
      for (; size >= 1; size = Math.floor(size / 2))
        try {
          for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
        } catch {
          // No room for a piece of this size: a smaller one may fit.
        }
    },
    free: () => rmSync(ballast, { force: true }),
    makeReadOnly: () => {
      const problem = run('mount', '-o', 'remount,ro', path)
      if (problem !== null) throw new Error(problem)
    },
    remove: () => {
      run('umount', '-l', path)
      folder.remove()
    },
  }
}

/** Why no disk can be mounted here, or null: to be named where tests are skipped for it. */
export const smallDiskMissing: string | null = (() => {
  if (process.platform !== 'linux') return 'only Linux mounts a disk in memory'
  try {
    mountSmallDisk(64).remove()
    return null
  } catch {
    return 'mounting a disk needs root'
  }
})()
