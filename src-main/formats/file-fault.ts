import type { z } from 'zod'
import { FabulaError, FileError, PresetError } from '@contract/errors'

/** The longest path that an error names, in characters; keys of a hostile file have any length. */
const LONGEST_PATH = 300

/** An error that names a field of the file: `presets[0].roles.main.settings.model`. */
export function faultAt(path: readonly PropertyKey[], reason: string): FabulaError {
  const whole = path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? String(step) : `${text}.${String(step)}`,
    ''
  )
  const at = wellFormed(whole.length <= LONGEST_PATH ? whole : `${whole.slice(0, LONGEST_PATH)}…`)
  const why = wellFormed(reason.slice(0, LONGEST_PATH))
  return new FabulaError(FileError.Invalid, `${at}: ${why}`, { details: { path: at, reason: why } })
}

/** The first issue that a schema found in what stands at `within`, as an error that names the field. */
export function faultOf({ issues: [issue] }: z.ZodError, within: readonly PropertyKey[] = []): FabulaError {
  if (!issue) return faultAt(within, 'does not fit')
  const at = [...within, ...issue.path]
  if (issue.code === 'unrecognized_keys') return faultAt([...at, issue.keys[0] ?? ''], 'there is no such field')
  return faultAt(at, issue.message)
}

/** Runs a check of settings, and names the place in the file when it refuses one. */
export function checkedAt<Result>(at: readonly PropertyKey[], check: () => Result): Result {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof FabulaError) || error.code !== PresetError.InvalidSetting) throw error
    const { path, reason } = error.details
    const inner = typeof path === 'string' ? path.split('.').filter((step) => step !== '') : []
    throw faultAt([...at, ...inner], typeof reason === 'string' ? reason : error.message)
  }
}

/** What can be shown and stored of a text that may be broken. */
const wellFormed = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '\ufffd')
