import type { Backup } from '@contract/entities/backup'

type Kept = Pick<Backup, 'id' | 'at' | 'reason' | 'bytes'>

const DAYS = 7
const WEEKS = 4
/** Copies before an update, and of what was there before a restore. */
const OTHERS = 3
/** That the copies which Fabula makes by itself may take together. */
const MOST_BYTES = 4_000_000_000
/** Of those, so many are kept however large they are. */
const AT_LEAST = 2

const WEEK_MS = 7 * 24 * 3_600_000
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const weekOf = ({ at }: Kept) => Math.floor((Date.parse(at) + 3 * 24 * 3_600_000) / WEEK_MS)

/**
 * Which copies may go: of the daily ones, all but the last seven and the last of each of the four weeks before; of those before
 * an update and before a restore, all but three; then the oldest of all that are too large together. What the user made, and a
 * database that was put aside because it could not be used, only the user deletes.
 */
export function outdatedBackups(backups: readonly Kept[], mostBytes = MOST_BYTES): string[] {
  const newestFirst = backups.toSorted((one, other) => other.at.localeCompare(one.at))
  const of = (reason: Backup['reason']) => newestFirst.filter((one) => one.reason === reason)
  const daily = of('daily')
  const weeks = new Map<number, Kept>()
  for (const one of daily.slice(DAYS)) if (!weeks.has(weekOf(one))) weeks.set(weekOf(one), one)
  const inTime = new Set([
    ...daily.slice(0, DAYS),
    ...[...weeks.values()].slice(0, WEEKS),
    ...of('update').slice(0, OTHERS),
    ...of('restore').slice(0, OTHERS),
  ])
  let bytes = 0
  let kept = 0
  const isOutdated = (one: Kept): boolean => {
    if (one.reason === 'hand' || one.reason === 'kept') return false
    if (!inTime.has(one) || (kept >= AT_LEAST && bytes + one.bytes > mostBytes)) return true
    bytes += one.bytes
    kept += 1
    return false
  }
  return newestFirst.filter(isOutdated).map(({ id }) => id)
}
