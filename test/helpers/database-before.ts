import { onTestFinished } from 'vitest'
import { openDatabase, type Db } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'

/** A database of the version before the migration whose SQL has this part, as long as the test runs. */
export function databaseBefore(part: string): Db {
  const at = migrations.findIndex(({ sql }) => sql.includes(part))
  if (at < 0) throw new Error(`No migration has ${part}`)
  const db = openDatabase(':memory:')
  onTestFinished(() => void db.close())
  migrate(db, () => null, migrations.slice(0, at))
  return db
}
