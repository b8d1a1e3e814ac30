import { closeSync, copyFileSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/** Waits until the disk has what was written to a file. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Waits until the disk knows the names in a folder. Windows has no such thing, and keeps names without it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Moves a file so that after a power cut it is whole in one of the two places at least. `to` may be on another disk: a link
 * leads there.
 */
export function moveDurably(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    const part = `${to}.part`
    copyFileSync(from, part)
    syncFile(part)
    renameSync(part, to)
    syncFolder(dirname(to))
    rmSync(from)
  }
  syncFolder(dirname(to))
}
