import { basename, dirname } from 'node:path'
import { runProgram } from './run-program.ts'

/** Packs a folder as a `.tar.gz` whose files lie in a folder called `top` and belong to nobody in particular. */
export function makeArchive(folder: string, top: string, file: string): Promise<void> {
  return runProgram('tar', [
    '--create',
    '--gzip',
    `--file=${file}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    `--directory=${dirname(folder)}`,
    // Links are left as they are.
    `--transform=flags=r;s|^${basename(folder)}|${top}|`,
    basename(folder),
  ])
}
