import { beforeEach, describe, expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { rejection } from '@test/helpers/connect'
import { htmlReply, jsonReply, resetReply } from '@test/helpers/fake-server'
import { openRouterList, openRouterRow, writesText } from '@test/helpers/openrouter-list'
import { openCatalogue, START, type CatalogueStage } from './catalogue-stage'

const DAY = 24 * 3_600_000

let stage: CatalogueStage
beforeEach(async () => {
  stage = await openCatalogue()
})

const rows = openRouterList()
const usable = rows.filter((_, n) => writesText(n))
const modelOf = (n: number) => stage.models.list().find(({ model }) => model === openRouterRow(n).id)

/** Lists these rows, some time after the list before. */
async function sync(list: readonly unknown[], laterMs = 0) {
  stage.clock.time += laterMs
  stage.lists(list)
  return stage.refresh()
}

describe('a list of OpenRouter’s length and shape', () => {
  it('is taken in whole: texts as prices, no context, free and thinking models', async () => {
    expect(await sync(rows)).toEqual({ added: usable.length, changed: 0, vanished: 0 })
    expect(stage.models.list()).toHaveLength(usable.length)
    expect(modelOf(2)?.price).toEqual({ input: 3.5, output: 30 })
    expect(modelOf(11)?.price).toEqual({ input: 0, output: 0 })
    expect(modelOf(52)?.price).toBeNull()
    expect(modelOf(29)?.contextLength).toBeNull()
    expect(modelOf(36)).toBeUndefined()
    expect(modelOf(4)).toMatchObject({
      name: 'mistralai: Модель 4',
      modalities: { input: ['text', 'image', 'file'], output: ['text'] },
      source: 'synced',
      available: true,
      enabled: true,
    })
    expect(modelOf(6)?.reasoning).toEqual({
      mandatory: true,
      efforts: ['high', 'medium', 'low', 'minimal'],
      defaultEffort: 'medium',
    })
    expect(modelOf(12)?.reasoning).toEqual({ mandatory: true, efforts: null, defaultEffort: null })
    expect(modelOf(1)?.reasoning).toBeUndefined()
  })

  it('writes nothing the second time but when it was read', async () => {
    await sync(rows)
    const before = stage.models.list()
    const writes = stage.writes()
    expect(await sync(rows.toReversed(), DAY)).toEqual({ added: 0, changed: 0, vanished: 0 })
    expect(stage.writes() - writes).toBe(1)
    expect(stage.models.list()).toEqual(before)
    expect(stage.models.states()).toEqual([{ providerId: stage.provider.id, lastSync: stage.now(), problem: null }])
  })

  it('writes the one row that changed, and no other', async () => {
    await sync(rows)
    const writes = stage.writes()
    const dearer = rows.map((row, n) => (n === 2 ? { ...row, pricing: { prompt: '0.1', completion: '0.2' } } : row))
    expect(await sync(dearer, DAY)).toEqual({ added: 0, changed: 1, vanished: 0 })
    expect(stage.writes() - writes).toBe(2)
    expect(modelOf(2)?.price).toEqual({ input: 100_000, output: 200_000 })
  })

  it('is taken in whole or not at all', async () => {
    stage.db.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON models WHEN NEW.model = '${openRouterRow(200).id}'
       BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`
    )
    expect(String(await rejection(sync(rows)))).toContain('the disk is full')
    expect(stage.models.list()).toEqual([])
    expect(stage.models.states()).toEqual([])
  })
})

describe('a model that is gone', () => {
  it('is marked, with the time it was last seen, and comes back as it was', async () => {
    await sync(rows.slice(0, 10))
    await sync(rows.slice(0, 10), DAY)
    const lastSeen = stage.now()
    expect(await sync(rows.slice(1, 10), DAY)).toEqual({ added: 0, changed: 0, vanished: 1 })
    expect(modelOf(0)).toMatchObject({ available: false, firstSeen: new Date(START).toISOString(), lastSeen })
    const writes = stage.writes()
    await sync(rows.slice(1, 10), DAY)
    expect(stage.writes() - writes).toBe(1)
    expect(await sync(rows.slice(0, 10), DAY)).toEqual({ added: 0, changed: 1, vanished: 0 })
    expect(modelOf(0)).toMatchObject({
      available: true,
      firstSeen: new Date(START).toISOString(),
      lastSeen: stage.now(),
    })
  })
})

describe('what the user says of a model', () => {
  it('outlives every list: its name, its context, its price and its switch', async () => {
    await sync(rows.slice(0, 5))
    const id = modelOf(1)?.id ?? ''
    stage.models.update(id, {
      name: 'My model',
      contextLength: 5000,
      price: { input: 1, output: 2.5 },
      enabled: false,
    })
    await sync([{ ...openRouterRow(1), name: 'Renamed', context_length: 9999 }], DAY)
    expect(modelOf(1)).toMatchObject({
      name: 'My model',
      contextLength: 5000,
      enabled: false,
      price: { input: 1, output: 2.5 },
      edited: ['name', 'contextLength', 'price'],
    })
    await sync([], DAY)
    await sync(rows.slice(0, 5), DAY)
    expect(modelOf(1)).toMatchObject({ name: 'My model', contextLength: 5000, enabled: false, available: true })
    expect(stage.models.update(id, { contextLength: null })).toMatchObject({
      contextLength: 8192,
      edited: ['name', 'price'],
    })
    const listed = stage.models.update(id, { price: null })
    expect(listed.edited).toEqual(['name'])
    expect(listed.price).not.toEqual({ input: 1, output: 2.5 })
  })

  it('may be a model of their own, which no list takes away', async () => {
    const own = {
      providerId: stage.provider.id,
      model: 'secret/preview',
      kind: 'chat' as const,
      contextLength: 1000,
      price: null,
    }
    const { id } = stage.models.create({ ...own, name: 'Preview' })
    await sync(rows.slice(0, 3))
    expect(stage.models.list().find((one) => one.id === id)).toMatchObject({ source: 'manual', available: true })
    // One day the provider lists it: then it is the provider's, under the user's name.
    await sync([{ ...openRouterRow(1), id: 'secret/preview' }], DAY)
    expect(stage.models.list().find((one) => one.id === id)).toMatchObject({
      source: 'synced',
      name: 'Preview',
      contextLength: 1000,
      maxOutput: 8192,
    })
    expect(() => stage.models.create({ ...own, name: 'Again' })).toThrow(
      expect.objectContaining({ code: 'name_taken' })
    )
  })

  it('deletes what they added and what is gone, but nothing that is listed', async () => {
    await sync(rows.slice(0, 2))
    const id = modelOf(0)?.id ?? ''
    expect(() => stage.models.remove(id)).toThrow(expect.objectContaining({ code: 'provider_built_in' }))
    await sync(rows.slice(1, 2), DAY)
    stage.models.remove(id)
    expect(modelOf(0)).toBeUndefined()
  })
})

describe('a list that cannot be read', () => {
  it.each([
    ['the provider fails', chatReply.error(500, 'Boom'), 'provider_server_failed'],
    ['the key is refused', chatReply.error(401, 'No'), 'provider_unauthorized'],
    ['a web page stands there', htmlReply(200), 'provider_bad_answer'],
    ['the connection breaks', resetReply(), 'provider_unreachable'],
    ['other JSON stands there', jsonReply({ data: 'none' }), 'provider_bad_answer'],
  ])('because %s leaves the one before, and says why', async (_name, reply, code) => {
    await sync(rows.slice(0, 20))
    const [before, lastSync] = [stage.models.list(), stage.now()]
    stage.clock.time += DAY
    stage.fake.answerAt('/v1/models', reply)
    expect(await rejection(stage.refresh())).toMatchObject({ code })
    expect(stage.models.list()).toEqual(before)
    expect(stage.models.states()).toMatchObject([{ lastSync, problem: { code } }])
    await sync(rows.slice(0, 20), DAY)
    expect(stage.models.states()).toMatchObject([{ lastSync: stage.now(), problem: null }])
  })

  it('beyond its first page leaves the one before too', async () => {
    await sync(rows.slice(0, 20))
    const before = stage.models.list()
    stage.fake.answerAt(
      '/v1/models',
      jsonReply({ data: rows.slice(20, 30), total_count: 40 }),
      chatReply.error(502, 'Boom')
    )
    expect(await rejection(stage.refresh())).toMatchObject({ code: 'provider_server_failed' })
    expect(stage.models.list()).toEqual(before)
  })

  it('because the vault is closed says so, and nothing against the provider', async () => {
    stage = await openCatalogue({ vaultIsLocked: true })
    stage.addKey()
    expect(await rejection(stage.refresh())).toMatchObject({ code: 'vault_locked' })
    expect(stage.fake.requests).toEqual([])
    expect(stage.models.states()).toEqual([])
  })
})
