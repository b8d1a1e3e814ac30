import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A folder of this name beside the program makes it portable: everything is kept there, and nothing on the computer. */
const NAME = 'fabula-data'

/**
 * The data folder of a portable program; null where there is none. Beside the program is where the user sees it: beside the
 * `.AppImage`, whose program runs from a place of its own, and beside the `.app`.
 */
export function portableFolder(
  program: string,
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv
): string | null {
  const [appOnMac] = platform === 'darwin' ? (/^.*?\.app(?=\/Contents\/)/.exec(program) ?? []) : []
  const seen = (platform === 'linux' ? environment['APPIMAGE'] : appOnMac) || program
  const folder = join(dirname(seen), NAME)
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : null
}
