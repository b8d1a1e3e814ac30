import { FabulaError, StorageError } from '@contract/errors'
import { copyDatabase } from './copy-database'
import type { Db } from './database'
import { migrations as allMigrations, type Migration } from './migrations'

const versionOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }))

/** Throws `database_newer` for a database that a newer Fabula has written; nothing is changed. */
export function refuseNewer(db: Db, migrations: readonly Migration[] = allMigrations): void {
  const found = versionOf(db)
  const known = migrations.at(-1)?.version ?? 0
  if (found > known)
    throw new FabulaError(StorageError.DatabaseNewer, `The database has version ${found}, this app knows ${known}`, {
      details: { version: String(found) },
    })
}

/**
 * Brings a database to the newest version, one transaction for each migration; a new one in a single transaction, as
 * each commit waits for the disk. Before the first one, a database that has data is copied to `copyTo(version)`.
 *
 * Foreign keys are off while a migration runs, because rebuilding a table would otherwise delete the rows that refer to
 * it; switching them inside a transaction has no effect. They are checked before each commit.
 */
export function migrate(
  db: Db,
  copyTo: (version: number) => string | null,
  migrations: readonly Migration[] = allMigrations
): void {
  refuseNewer(db, migrations)
  const before = versionOf(db)
  const due = migrations.filter(({ version }) => version > before)
  if (due.length === 0) return
  const copy = before > 0 ? copyTo(before) : null
  if (copy) copyDatabase(db, copy)
  db.pragma('foreign_keys = OFF')
  try {
    if (before === 0) db.transaction(() => due.forEach((migration) => apply(db, migration))).immediate()
    else for (const migration of due) db.transaction(() => apply(db, migration)).immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
}

function apply(db: Db, { version, sql }: Migration): void {
  db.exec(sql)
  const broken = db.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0)
    throw new FabulaError(StorageError.DatabaseDamaged, `Migration ${version} left broken references`)
  db.pragma(`user_version = ${version}`)
}
