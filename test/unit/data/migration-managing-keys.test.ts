import { expect, it } from 'vitest'
import { migrate } from '@main/data/migrator'
import { databaseBefore } from '@test/helpers/database-before'

it('keys of the gateway from before there was a right to manage do not have it', () => {
  const db = databaseBefore('ALTER TABLE gateway_keys ADD COLUMN manages')
  db.prepare(
    "INSERT INTO gateway_keys (id, name, hash, last4, created_at) VALUES ('one', 'My editor', ?, '1234', 'now')"
  ).run(Buffer.alloc(32, 1))
  migrate(db, () => null)
  expect(db.prepare('SELECT name, manages FROM gateway_keys').all()).toEqual([{ name: 'My editor', manages: 0 }])
})
