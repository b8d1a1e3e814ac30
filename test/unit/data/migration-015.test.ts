import { expect, it } from 'vitest'
import { ErrorShape } from '@contract/errors'
import { ProviderId, ServerId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import { jsonColumn } from '@main/data/json-column'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createServerStore } from '@main/data/server-store'
import { newId } from '@main/platform/ids'
import { sentError } from '@test/helpers/sent-error'

const NOW = '2026-01-02T03:04:05.000Z'
const KEY = 'sk-planted-0123456789'

it('forgets what servers said to the version before, and keeps what failed', () => {
  const db = openDatabase(':memory:')
  const until = (last: number) =>
    migrate(
      db,
      () => null,
      migrations.filter(({ version }) => version <= last)
    )
  until(14)
  const { encode } = jsonColumn(ErrorShape)
  const failure = sentError('provider_unauthorized', `failed: ${KEY}`, {
    details: { provider: 'Mine', host: 'attic', status: 401, reason: KEY, providerMessage: `wrong ${KEY}` },
    retryable: true,
  })
  const problem = encode(failure.toShape())
  const serverId = newId(ServerId)
  db.prepare(
    `INSERT INTO servers (id, name, url, is_default, problem, created_at) VALUES (?, 'A', 'http://127.0.0.1:1', 1, ?, '${NOW}')`
  ).run(serverId, problem)
  db.prepare(
    `INSERT INTO servers (id, name, url, is_default, created_at) VALUES (?, 'B', 'http://127.0.0.1:2', 0, '${NOW}')`
  ).run(newId(ServerId))
  const list = db.prepare('INSERT INTO model_lists VALUES (?, ?, ?)')
  for (const [slug, lastSync, said] of [
    ['a', null, problem],
    ['b', NOW, null],
  ]) {
    const id = newId(ProviderId)
    db.prepare(
      `INSERT INTO providers (id, slug, built_in, headers, extra_body, created_at, updated_at)
       VALUES (?, ?, 0, '{}', '{}', '${NOW}', '${NOW}')`
    ).run(id, slug)
    list.run(id, lastSync, said)
  }

  migrate(db, () => null, migrations)
  expect(db.serialize().includes(KEY)).toBe(false)
  const [first, second] = createServerStore(db).list()
  expect(first?.problem).toEqual({
    code: 'provider_unauthorized',
    message: 'failed with provider_unauthorized',
    details: { provider: 'Mine', host: 'attic', status: 401 },
    retryable: true,
  })
  expect(second?.problem).toBeNull()
  db.close()
})
