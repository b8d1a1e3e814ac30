import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where Electron is, or why it cannot be had: the end of a sentence. */
export type ElectronBinary = { path: string } | { problem: string }

const DOWNLOAD_LIMIT_MS = 300_000
const CHECK_LIMIT_MS = 20_000

/** Finds Electron, downloading it where it is missing; `ELECTRON_OVERRIDE_DIST_PATH` names a folder that has one. */
export async function findElectron(root: string, env: NodeJS.ProcessEnv): Promise<ElectronBinary> {
  const folder = join(root, 'node_modules/electron')
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const path = join(override, binaryName(folder))
    return existsSync(path)
      ? check(path, env)
      : { problem: `ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron (${override})` }
  }
  const path = join(folder, 'dist', binaryName(folder))
  if (existsSync(path)) return check(path, env)

  console.log('Downloading Electron, the desktop window; this takes a minute, once.')
  const failure = await end(process.execPath, [join(folder, 'install.js')], env, DOWNLOAD_LIMIT_MS)
  if (failure !== null) return { problem: `Electron is missing and could not be downloaded (${failure})` }
  return check(join(folder, 'dist', binaryName(folder)), env)
}

/** The path that the package wrote when it unpacked its binary, or the name it will have. */
function binaryName(folder: string): string {
  const written = join(folder, 'path.txt')
  if (existsSync(written)) return readFileSync(written, 'utf8')
  if (process.platform === 'win32') return 'electron.exe'
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

/** Started as plain Node, Electron loads all its libraries and opens nothing. */
async function check(path: string, env: NodeJS.ProcessEnv): Promise<ElectronBinary> {
  const failure = await end(path, ['--version'], { ...env, ELECTRON_RUN_AS_NODE: '1' }, CHECK_LIMIT_MS)
  return failure === null ? { path } : { problem: `Electron does not run on this computer (${failure})` }
}

/** Null when the program ended well; else the most telling line of what it said. */
function end(program: string, args: string[], env: NodeJS.ProcessEnv, limitMs: number): Promise<string | null> {
  return new Promise((done) => {
    let said = ''
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.once('error', (error) => done(error.message))
    child.once('close', (code, signal) => {
      if (code === 0) done(null)
      else if (signal === 'SIGKILL') done(`no end within ${limitMs / 1000} seconds`)
      else done(tellingLine(said) ?? `exit code ${code ?? signal}`)
    })
  })
}

/** The message of an error that was thrown, or else the first line. */
const tellingLine = (said: string) =>
  /^\w*Error: (.+)$/m.exec(said)?.[1] ?? said.split('\n').find((line) => line.trim())
