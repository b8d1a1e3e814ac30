import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Opens an address in the user's browser, where there is one; the address stands in the terminal in any case. */
export function openInBrowser(url: string, env: NodeJS.ProcessEnv): void {
  const command = commandFor(url, env)
  if (!command) return
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.once('error', () => console.log('No browser could be opened; open the address above yourself.'))
  child.unref()
}

function commandFor(url: string, env: NodeJS.ProcessEnv): [string, ...string[]] | null {
  if (process.platform === 'darwin') return ['open', url]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  // Without a display xdg-open would take over the terminal with a text browser.
  const hasDisplay = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
  return hasDisplay && isOnPath('xdg-open', env) ? ['xdg-open', url] : null
}

function isOnPath(program: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
