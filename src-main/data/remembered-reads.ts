import type { Db } from './database'

/** What every call to a model reads, and seldom changes. */
const TABLES = ['models', 'model_lists', 'providers', 'servers', 'tokens'] as const
export type RememberedTable = (typeof TABLES)[number]

/** How often it is looked whether others wrote to the file. Milliseconds. */
const LOOK_EVERY_MS = 1000

/** How many answers a read keeps; with one more, it forgets all. */
const MOST_KEPT = 1000

/**
 * Gives a read of one table a memory: an answer is kept until anything writes to that table, also through a foreign key.
 * Whoever asks gets the same answer as those before, and must not change it. Inside of a transaction nothing is kept:
 * what is read there may be undone.
 */
export type Remember = <Question extends (string | null)[], Answer>(
  table: RememberedTable,
  read: (...question: Question) => Answer
) => (...question: Question) => Answer

/** For a database that is only looked at. */
export const readAnew: Remember = (_table, read) => read

/**
 * Watches the tables for writes from now on, by triggers that last as long as the connection. A statement takes a lock of
 * the file, runs, and gives the lock back: ten of them before each call are felt. What others write to the file, as a
 * user with a tool for databases, is noticed within a second.
 *
 * @param now milliseconds, from whenever
 */
export function rememberReads(db: Db, now = () => performance.now()): Remember {
  const written = new Map<string, number>(TABLES.map((table) => [table, 0]))
  const wrote = (table: string) => void written.set(table, (written.get(table) ?? 0) + 1)
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  let versionSeen = dataVersion.get()
  let lookedAt = now()
  const lookForOthers = () => {
    const at = now()
    if (at - lookedAt < LOOK_EVERY_MS) return
    lookedAt = at
    const version = dataVersion.get()
    if (version !== versionSeen) TABLES.forEach(wrote)
    versionSeen = version
  }

  db.function('note_write', (table) => {
    wrote(String(table))
    return null
  })
  for (const table of TABLES)
    for (const change of ['INSERT', 'UPDATE', 'DELETE'])
      db.exec(
        `CREATE TEMP TRIGGER note_${change.toLowerCase()}_${table} AFTER ${change} ON main.${table}
         BEGIN SELECT note_write('${table}'); END`
      )

  return <Question extends (string | null)[], Answer>(
    table: RememberedTable,
    read: (...question: Question) => Answer
  ) => {
    const kept = new Map<string, Answer>()
    let asOf = written.get(table)
    return (...question: Question): Answer => {
      if (db.inTransaction) return read(...question)
      lookForOthers()
      const writes = written.get(table)
      if (asOf !== writes || kept.size >= MOST_KEPT) kept.clear()
      asOf = writes
      const key = JSON.stringify(question)
      const known = kept.get(key)
      if (known !== undefined || kept.has(key)) return known as Answer
      const answer = read(...question)
      kept.set(key, answer)
      return answer
    }
  }
}
