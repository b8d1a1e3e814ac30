import { resolve } from 'node:path'

export interface LaunchOptions {
  shell: 'desktop' | 'browser' | 'gateway'
  /** Absolute; undefined for the usual place. */
  dataDir: string | undefined
  /** Of the browser shell or the gateway; 0 for any that is free; undefined for the usual one. */
  port: number | undefined
  /** Whether the browser shell's page is opened in the system's browser. */
  open: boolean
  /** The name of a key to make for the gateway. */
  newKey: string | undefined
  /** Whether that key may do more than ask models. */
  mayManage: boolean
}

const KNOWN = '--shell=desktop|browser|gateway, --data-dir=DIR, --port=N, --no-open, --new-key=NAME, --may-manage'

/**
 * Reads what stands after `npm start --`. A relative folder is meant from where the user called npm, which goes to the
 * project's folder itself.
 * @throws Error with one sentence for the user
 */
export function parseLaunchOptions(args: readonly string[], env: NodeJS.ProcessEnv): LaunchOptions {
  const from = env.INIT_CWD ?? process.cwd()
  const fromEnvironment = env.FABULA_DATA_DIR ? resolve(from, env.FABULA_DATA_DIR) : undefined
  const options: LaunchOptions = {
    shell: 'desktop',
    dataDir: fromEnvironment,
    port: undefined,
    open: true,
    newKey: undefined,
    mayManage: false,
  }
  for (const arg of args) {
    const equals = arg.indexOf('=')
    const name = equals < 0 ? arg : arg.slice(0, equals)
    const value = equals < 0 ? undefined : arg.slice(equals + 1)
    if (name === '--no-open' && value === undefined) options.open = false
    else if (name === '--shell') options.shell = shellNamed(value)
    else if (name === '--data-dir') options.dataDir = resolve(from, folderNamed(value))
    else if (name === '--port') options.port = portNumbered(value)
    else if (name === '--new-key') options.newKey = keyNamed(value)
    else if (name === '--may-manage' && value === undefined) options.mayManage = true
    else throw new Error(`Fabula does not know the option ${arg}; it knows ${KNOWN}.`)
  }
  if (options.newKey !== undefined && options.shell !== 'gateway')
    throw new Error(
      '--new-key makes a key for the gateway and needs --shell=gateway; the app makes keys in its settings.'
    )
  if (options.mayManage && options.newKey === undefined)
    throw new Error(
      '--may-manage lets a new key change servers, models and templates too, and needs --new-key=NAME; for a key that is there, change it in the gateway settings of the app.'
    )
  return options
}

function shellNamed(value: string | undefined): LaunchOptions['shell'] {
  if (value === 'desktop' || value === 'browser' || value === 'gateway') return value
  throw new Error('--shell takes desktop, browser or gateway, as in --shell=browser.')
}

function keyNamed(value: string | undefined): string {
  if (value?.trim()) return value
  throw new Error('--new-key takes a name for the key, as in --new-key=laptop.')
}

function folderNamed(value: string | undefined): string {
  if (value) return value
  throw new Error('--data-dir takes a folder, as in --data-dir=stories.')
}

function portNumbered(value: string | undefined): number {
  if (value && /^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value)
  throw new Error('--port takes a number from 0 (any free port) to 65535, as in --port=8080.')
}
