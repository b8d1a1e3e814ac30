import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const isRoot = () => process.platform === 'linux' && process.getuid?.() === 0

/** Why no window can be shown here, as the end of a sentence, or null. */
export function displayProblem(env: NodeJS.ProcessEnv): string | null {
  if (process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return null
  return 'there is no display'
}

/**
 * Why Chromium's sandbox cannot start, as the end of a sentence, or null. On Linux it needs user namespaces, which some
 * systems keep from programs that were not installed by the system, or a helper that belongs to root.
 */
export function sandboxProblem(electron: string): string | null {
  if (process.platform !== 'linux' || isRoot()) return null
  const helper = statSync(join(dirname(electron), 'chrome-sandbox'), { throwIfNoEntry: false })
  if (helper && helper.uid === 0 && (helper.mode & 0o4000) !== 0) return null
  const refusal = NAMESPACE_SWITCHES.find(([path, off]) => readSwitch(path) === off)
  return refusal ? `the system keeps Chromium's sandbox from starting (${refusal[0]} is ${refusal[1]})` : null
}

const NAMESPACE_SWITCHES = [
  ['kernel/apparmor_restrict_unprivileged_userns', '1'],
  ['kernel/unprivileged_userns_clone', '0'],
  ['user/max_user_namespaces', '0'],
] as const

function readSwitch(path: string): string | null {
  try {
    return readFileSync(join('/proc/sys', path), 'utf8').trim()
  } catch {
    return null
  }
}
