import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { databaseBefore } from '@test/helpers/database-before'

it('a database from before characters had voices gets room for them', () => {
  const db = databaseBefore('CREATE TABLE character_voices')
  migrate(db, () => null)
  expect(db.prepare('SELECT count(*) AS n FROM character_voices').get()).toEqual({ n: 0 })
})
