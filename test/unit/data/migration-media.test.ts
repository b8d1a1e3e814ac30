import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { databaseBefore } from '@test/helpers/database-before'

it('a database from before there were media gets an empty library', () => {
  const db = databaseBefore('CREATE TABLE media')
  migrate(db, () => null)
  expect(db.prepare('SELECT count(*) AS n FROM media').get()).toEqual({ n: 0 })
  expect(db.pragma('foreign_key_check')).toEqual([])
})
