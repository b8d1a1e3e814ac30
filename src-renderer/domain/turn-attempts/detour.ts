import type { Call } from '@contract/entities/usage'
import type { ErrorCode } from '@contract/errors'
import type { RoleId } from '@contract/ids'

/** How a turn came to its text when it was not at the first attempt. */
export type Detour =
  /** One call failed before the writer's own: whose, and why. */
  { kind: 'after'; who: { key: string } | { model: string }; code: ErrorCode } | { kind: 'failed'; count: number }

/** Failures that are a key's, not a model's. */
const ofKey: ReadonlySet<ErrorCode> = new Set([
  'provider_unauthorized',
  'provider_payment_required',
  'provider_rate_limited',
])

const isWork = ({ purpose }: Call, role: RoleId | null) => purpose.kind === 'turn' && purpose.role === role

/**
 * What to say of a turn's attempts under the passage that `writer` wrote; null when nothing failed. Without a writer
 * the turn's error stands above and tells of one failure: only more are counted.
 */
export function detourOf(calls: readonly Call[], writer: RoleId | null): Detour | null {
  const failed = calls.filter(({ outcome }) => outcome === 'failed')
  const [only] = failed
  if (!only || (writer === null && failed.length === 1)) return null
  const recovered =
    isWork(only, writer) &&
    calls.some((call) => isWork(call, writer) && call.attempt > only.attempt && call.outcome !== 'failed')
  if (failed.length > 1 || !recovered) return { kind: 'failed', count: failed.length }
  const code = only.errorCode ?? 'internal'
  const who = only.tokenName !== null && ofKey.has(code) ? { key: only.tokenName } : { model: only.model }
  return { kind: 'after', who, code }
}
