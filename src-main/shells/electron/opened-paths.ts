import { resolve } from 'node:path'

/**
 * The files among the arguments of a start.
 *
 * @param args what stands behind the program's own path
 * @param from the folder in which the user called it
 * @param isPackaged or else the first of them is the app itself
 */
export function openedPaths(args: readonly string[], from: string, isPackaged: boolean): string[] {
  const named = args.filter((arg) => arg !== '' && !arg.startsWith('-'))
  return (isPackaged ? named : named.slice(1)).map((path) => resolve(from, path))
}
