import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the system keeps what belongs to one app and one user. */
export function settingsFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support')
    case 'win32':
      return environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming')
    default:
      return environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
  }
}

/** The data folder: what the user chose (`--data-dir`, FABULA_DATA_DIR), else the usual place. */
export const dataFolder = (chosen: string | undefined, environment: NodeJS.ProcessEnv): string => {
  const own = chosen ?? environment['FABULA_DATA_DIR']
  return own ? resolve(own) : join(settingsFolder(process.platform, environment), 'Fabula', 'data')
}
