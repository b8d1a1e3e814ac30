import { describe, expect, it } from 'vitest'
import type { Backup } from '@contract/entities/backup'
import { outdatedBackups } from '@main/features/backups/rotation'

const DAY = 24 * 3_600_000
/** A Sunday. */
const NOW = Date.UTC(2026, 10, 22, 12)

const backup = (daysAgo: number, reason: Backup['reason'] = 'daily', bytes = 1000) => ({
  id: `${reason}-${daysAgo}`,
  at: new Date(NOW - daysAgo * DAY).toISOString(),
  reason,
  bytes,
})
const days = (count: number) => Array.from({ length: count }, (_, day) => backup(day))
const left = (all: ReturnType<typeof backup>[], mostBytes?: number) => {
  const outdated = new Set(outdatedBackups(all, mostBytes))
  return all.filter(({ id }) => !outdated.has(id)).map(({ id }) => id)
}

describe('the rotation of backups', () => {
  it('keeps the last seven daily ones, and the last of each of the four weeks before', () => {
    expect(left(days(60))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28].map((daysAgo) => `daily-${daysAgo}`))
  })

  it('comes to the same when it is done every day', () => {
    let kept: ReturnType<typeof backup>[] = []
    for (let day = 59; day >= 0; day -= 1) {
      kept = [backup(day), ...kept]
      const outdated = new Set(outdatedBackups(kept))
      kept = kept.filter(({ id }) => !outdated.has(id))
    }
    expect(kept.map(({ id }) => id)).toEqual(left(days(60)))
  })

  it('keeps the last ones of a writer who comes back after a year', () => {
    expect(left([backup(0), ...[400, 401, 402].map((day) => backup(day))])).toHaveLength(4)
  })

  it('keeps three of those before an update, and three of those before a restore', () => {
    const of = (reason: Backup['reason']) => [1, 20, 40, 60, 80].map((day) => backup(day, reason))
    expect(left([...of('update'), ...of('restore')])).toEqual(
      ['update', 'restore'].flatMap((reason) => [1, 20, 40].map((day) => `${reason}-${day}`))
    )
  })

  it('never takes what the user made, nor what was put aside because it could not be used', () => {
    const all = [1, 100, 200, 300, 400].flatMap((day) => [backup(day, 'hand', 1e12), backup(day, 'kept', 1e12)])
    expect(outdatedBackups([...all, ...days(3)])).toEqual([])
  })

  it('lets the oldest go when all are too large together, but never the last two', () => {
    const all = [backup(0), backup(1, 'update'), backup(2), backup(3), backup(9, 'hand')]
    expect(left(all, 3500)).toEqual(['daily-0', 'update-1', 'daily-2', 'hand-9'])
    expect(left(all, 10)).toEqual(['daily-0', 'update-1', 'hand-9'])
  })
})
