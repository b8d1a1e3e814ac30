import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Language } from '@contract/values'

/**
 * The environment as Fabula reads it. The master key is taken out of the process: programs that are started from here on,
 * such as a browser for a link, must not inherit it.
 */
export function takeEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env }
  delete process.env['FABULA_VAULT_KEY']
  return environment
}

/** Where the system keeps what belongs to one app and one user. */
function settingsFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
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

/** The first of the user's languages that Fabula speaks; English when it speaks none. */
export function systemLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split(/[-_.]/)[0]
    if (language === 'en' || language === 'ru') return language
  }
  return 'en'
}
