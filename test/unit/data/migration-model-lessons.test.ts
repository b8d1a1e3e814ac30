import { expect, it } from 'vitest'
import { ProviderId } from '@contract/ids'
import { openDatabase } from '@main/data/database'
import { migrations } from '@main/data/migrations'
import { migrate } from '@main/data/migrator'
import { createModelStore } from '@main/data/model-store'
import { newId } from '@main/platform/ids'

const NOW = '2026-01-02T03:04:05.000Z'
const facts = {
  model: 'm',
  name: 'M',
  kind: 'chat',
  contextLength: 8192,
  maxOutput: null,
  supportedParameters: null,
  capabilities: ['text'],
  price: null,
  size: null,
  quantization: null,
  local: false,
}

it('models of the version before have taught nothing yet, and can', () => {
  const db = openDatabase(':memory:')
  const before = (version: number) => migrations.filter((one) => one.version <= version)
  migrate(db, () => null, before(6))
  const provider = newId(ProviderId)
  const none = '{"version":1,"value":{}}'
  db.prepare(
    `INSERT INTO providers (id, slug, built_in, headers, extra_body, created_at, updated_at)
     VALUES (?, 'own', 0, '${none}', '${none}', '${NOW}', '${NOW}')`
  ).run(provider)
  db.prepare(
    `INSERT INTO models (id, provider_id, server_id, model, facts, available, first_seen, last_seen)
     VALUES ('own/m', ?, NULL, 'm', ?, 1, '${NOW}', '${NOW}')`
  ).run(provider, JSON.stringify({ version: 1, value: facts }))

  migrate(db, () => null)
  const models = createModelStore(db)
  expect(models.get('own/m')).toMatchObject({ refused: [], contextLength: 8192 })
  models.learn('own/m', { refused: ['top_k'], contextLength: 4096 })
  expect(models.get('own/m')).toMatchObject({ refused: ['top_k'], contextLength: 4096, edited: [] })
  db.close()
})
