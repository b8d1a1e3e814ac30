import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A real gnome-keyring on a D-Bus of its own, with an empty home: nothing of the user's is read or written. */
export interface KeychainSession {
  /** To be laid over the environment of a process that shall live in the session. */
  env: Record<string, string>
  /** Locks the keyring, as a desktop does. There is nobody to answer a prompt: it stays locked. */
  lock(): Promise<void>
  /** Unlocks it as logging in again does. */
  unlock(): Promise<void>
  /** The daemon's process: stopped (SIGSTOP), it is a keychain that does not answer. */
  daemon(): number
  /** Ends its processes and removes its files. */
  stop(): Promise<void>
}

/** Why no session can be had on this machine, or null: to be named where tests are skipped for it. */
export const keychainSessionMissing: string | null = whatIsMissing()

const LOGIN_KEYRING = '/org/freedesktop/secrets/collection/login'
const PATIENCE_MS = 60_000

export async function startKeychainSession(): Promise<KeychainSession> {
  const folder = mkdtempSync(join(tmpdir(), 'fabula-keychain-'))
  const home = join(folder, 'home')
  const runtime = join(folder, 'run')
  for (const path of [home, runtime]) mkdirSync(path, { mode: 0o700 })

  const configuration = join(folder, 'bus.conf')
  writeFileSync(configuration, busConfiguration(join(folder, 'bus')))
  const bus = spawn('dbus-daemon', ['--config-file', configuration, '--nofork', '--nopidfile', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const endOfBus = endWithThisProcess(bus)
  const env = {
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    DBUS_SESSION_BUS_ADDRESS: await firstLine(bus),
  }

  const startKeyring = async () => {
    const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const end = endWithThisProcess(daemon)
    daemon.stdin?.end('password of the test keyring')
    await untilLocked(false, env)
    return { end, pid: daemon.pid ?? 0 }
  }
  let keyring = await startKeyring()

  return {
    env,
    async lock() {
      await send(
        env,
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        `array:objpath:${LOGIN_KEYRING}`
      )
      await untilLocked(true, env)
    },
    async unlock() {
      await keyring.end()
      keyring = await startKeyring()
    },
    daemon: () => keyring.pid,
    async stop() {
      await keyring.end()
      await endOfBus()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function whatIsMissing(): string | null {
  if (process.platform !== 'linux') return 'gnome-keyring is for Linux'
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const missing = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon'].filter(
    (program) => !folders.some((folder) => isExecutable(join(folder, program)))
  )
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A bus that starts no services by itself: no prompter that would wait for somebody to type. */
const busConfiguration = (socket: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

async function firstLine(process: ChildProcess): Promise<string> {
  if (process.stdout === null) throw new Error('the process has no output to read')
  for await (const line of createInterface({ input: process.stdout })) return line
  throw new Error('dbus-daemon ended before it said its address')
}

/** Returns what ends the process now; it never outlives this one. */
function endWithThisProcess(child: ChildProcess): () => Promise<void> {
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  return async () => {
    process.off('exit', kill)
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    child.kill('SIGCONT')
    await ended
  }
}

async function untilLocked(wanted: boolean, env: Record<string, string>): Promise<void> {
  const giveUp = Date.now() + PATIENCE_MS
  for (;;) {
    // Before the daemon is on the bus, asking fails.
    const locked = await isLocked(env).catch(() => null)
    if (locked === wanted) return
    if (Date.now() > giveUp) throw new Error(`the keyring did not become ${wanted ? 'locked' : 'unlocked'}`)
    await pause(20)
  }
}

async function isLocked(env: Record<string, string>): Promise<boolean> {
  const property = ['string:org.freedesktop.Secret.Collection', 'string:Locked']
  return /boolean true/.test(await send(env, LOGIN_KEYRING, 'org.freedesktop.DBus.Properties.Get', ...property))
}

async function send(env: Record<string, string>, object: string, method: string, ...values: string[]): Promise<string> {
  const call = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', object, method, ...values]
  const { stdout } = await run('dbus-send', call, { env: { PATH: process.env['PATH'], ...env } })
  return stdout
}
