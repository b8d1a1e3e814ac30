import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Opens an address in the user's browser, where there is one; the address stands in the terminal in any case. What a
 * program is started with can be read by every user of the computer, so the browser is given a page that only its owner can
 * read, and that page leads to the address. Returns the function that removes the page.
 */
export function openInBrowser(url: string, env: NodeJS.ProcessEnv): () => void {
  const program = opener(env)
  if (!program) return () => undefined
  const folder = mkdtempSync(join(tmpdir(), 'fabula-open-'))
  const page = join(folder, 'fabula.html')
  writeFileSync(page, pageLeadingTo(url), { mode: 0o600 })
  const [command, ...args] = program
  const child = spawn(command, [...args, pathToFileURL(page).href], {
    stdio: 'ignore',
    detached: true,
    env: { ...env, FABULA_VAULT_KEY: undefined },
  })
  child.once('error', () => console.log('No browser could be opened; open the address above yourself.'))
  child.unref()
  console.log('If no page opens in your browser, open the address above yourself.')
  return () => rmSync(folder, { recursive: true, force: true })
}

const pageLeadingTo = (url: string) =>
  `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Fabula</title>` +
  `<meta http-equiv="refresh" content="0; url=${url}"><a href="${url}">Fabula</a>\n`

function opener(env: NodeJS.ProcessEnv): [string, ...string[]] | null {
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  // Without a display xdg-open would take over the terminal with a text browser.
  const hasDisplay = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
  return hasDisplay && isOnPath('xdg-open', env) ? ['xdg-open'] : null
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
