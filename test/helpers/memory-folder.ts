import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

/** Linux keeps this folder in memory. */
const MEMORY = '/dev/shm'
/** The tests that run side by side need a tenth of it. */
const ROOM_BYTES = 4_000_000_000

/**
 * Puts the folders that tests make, in this process and in those it starts, into memory where there is room for them: each of
 * their thousands of commits would wait for a disk. They go with the process. A folder that was chosen for temporary files
 * stays the one.
 */
export function keepFoldersInMemory(): void {
  if (process.env['TMPDIR'] !== undefined || !existsSync(MEMORY)) return
  const { bavail, bsize } = statfsSync(MEMORY)
  if (bavail * bsize < ROOM_BYTES) return
  const folder = mkdtempSync(join(MEMORY, 'fabula-'))
  process.env['TMPDIR'] = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}
