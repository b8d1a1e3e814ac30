import { expect, it, onTestFinished } from 'vitest'
import type { ModelFacts } from '@contract/entities/model'
import { ProviderId, ServerId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

const facts = (model: string, kind: ModelFacts['kind'], capabilities: string[]): ModelFacts => ({
  model,
  name: model,
  kind,
  contextLength: null,
  maxOutput: null,
  supportedParameters: null,
  capabilities,
  price: null,
  size: null,
  quantization: null,
  local: true,
})

it('what the models of a server can do is read without decoding the catalogue', () => {
  const { db, stores } = testStores()
  onTestFinished(() => void db.close())
  const providerId = newId(ProviderId)
  db.prepare(
    `INSERT INTO providers (id, slug, built_in, headers, extra_body, created_at, updated_at)
     VALUES (?, 'ollama', 1, '{}', '{}', '${NOW}', '${NOW}')`
  ).run(providerId)
  const addServer = (name: string) => {
    const id = newId(ServerId)
    db.prepare(
      `INSERT INTO servers (id, name, url, is_default, created_at) VALUES (?, ?, 'http://${name}', 0, '${NOW}')`
    ).run(id, name)
    return id
  }
  const [one, other, empty] = [addServer('one'), addServer('other'), addServer('empty')]
  const list = (serverId: ServerId | null, models: ModelFacts[]) =>
    stores.models.sync({ providerId, serverId, idPrefix: `ollama/${serverId}` }, models, NOW, null)
  list(one, [
    facts('gone', 'chat', ['audio']),
    facts('seer', 'chat', ['text', 'image']),
    facts('doer', 'chat', ['tools', 'text']),
  ])
  list(one, [facts('seer', 'chat', ['text', 'image']), facts('doer', 'chat', ['tools', 'text'])])
  list(other, [facts('vectors', 'embedding', []), facts('bare', 'chat', [])])
  list(null, [facts('elsewhere', 'chat', ['text'])])
  // Neither a row that another version wrote, nor one that is broken, keeps the servers from being shown.
  db.prepare(`UPDATE models SET facts = '{"version":99,"value":{}}' WHERE model = 'elsewhere'`).run()
  db.prepare(`UPDATE models SET facts = '{' WHERE model = 'bare'`).run()

  expect(stores.models.serverAbilities()).toEqual(
    new Map([
      [one, ['image', 'text', 'tools']],
      [other, ['embedding']],
    ])
  )
  expect(stores.models.count(empty)).toBe(0)
})
