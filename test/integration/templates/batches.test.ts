import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '@contract/entities/batch'
import { newVariable } from '@contract/entities/new-variable'
import { emptyContent, InputVariable } from '@contract/entities/template'
import type { TemplateId } from '@contract/ids'
import type { RouteInput } from '@contract/routes'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import { createGate } from '@test/helpers/gate'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { fakeProvider, presetWith } from '@test/helpers/test-story'

let app: TestCore
let fake: FakeOpenAi
let templateId: TemplateId

const town = newVariable('text', 'town')
const age = InputVariable.parse({ ...newVariable('number', 'age'), whole: true, most: 99 })
const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }

beforeAll(async () => {
  fake = await startFakeOpenAi()
  app = await startTestCore()
  const settings = await fakeProvider(app, fake.url, { keys: ['sk-one'] })
  await app.ask('presets.setDefault', { id: (await presetWith(app, { ...settings, retries: 0 })).id })
  const content = {
    ...emptyContent,
    user: 'Someone of {{ age }} from {{ town }}.',
    variables: [town, age],
    answer: { format: 'json' as const, schema },
    tries: 2,
  }
  templateId = (await app.ask('templates.create', { name: 'Crew', content })).id
})
afterAll(async () => {
  await app.close()
  await fake.stop()
})
beforeEach(() => fake.alwaysAnswerWith(chatReply.stream(['{"name": "Lidia"}'])))

const CSV = 'Town;age\nYs;31\nKer;forty\nIs;40\n'
const source = (text = CSV, mapping: Record<string, string> = { town: 'Town', age: 'age' }) =>
  ({ kind: 'list', fileName: 'crew.csv', text, mapping }) as const
const settled = async ({ id }: Batch): Promise<Batch> => {
  await expect.poll(async () => (await app.ask('batches.get', { id })).state, { timeout: 30_000 }).not.toBe('running')
  return app.ask('batches.get', { id })
}
const start = (more: Partial<RouteInput<'batches.start'>> = {}) =>
  app.ask('batches.start', { templateId, source: source(), skipFaulty: true, ...more })
const states = async (id: Batch['id']) => (await app.ask('batches.rows', { id })).map(({ state }) => state)

describe('a list of inputs', () => {
  it('is read with its columns, and mapped by their names', async () => {
    expect(await app.ask('batches.read', { templateId, text: CSV, fileName: 'crew.csv' })).toEqual({
      format: 'csv',
      columns: ['Town', 'age'],
      rows: 3,
      mapping: { town: 'Town', age: 'age' },
      first: [
        { line: 2, values: { Town: 'Ys', age: '31' } },
        { line: 3, values: { Town: 'Ker', age: 'forty' } },
        { line: 4, values: { Town: 'Is', age: '40' } },
      ],
    })
    expect(await app.refusal('batches.read', { templateId, text: 'a,a\n1,2', fileName: 'x.csv' })).toMatchObject({
      code: 'list_unreadable',
      details: { problem: 'same_column', name: 'a' },
    })
    expect(await app.refusal('batches.read', { templateId, text: '[{"a": 1}', fileName: 'x.json' })).toMatchObject({
      details: { problem: 'json', line: 1 },
    })
  })

  it('says which rows cannot be used, and what the others would take, before anything is called', async () => {
    const before = fake.chats().length
    const plan = await app.ask('batches.plan', { templateId, source: source() })
    expect(plan).toMatchObject({ rows: 3, faulty: 1, provider: 'Fake', model: 'fake-model' })
    expect(plan.faults).toEqual([{ row: 2, line: 3, variable: 'age', kind: 'wrong_type', limit: null }])
    expect(plan.estimate.inputTokens).toBeGreaterThan(20)
    expect(plan.estimate.outputTokens).toBeGreaterThan(0)
    expect(fake.chats()).toHaveLength(before)
    expect(await app.refusal('batches.start', { templateId, source: source() })).toMatchObject({
      code: 'input_invalid',
      details: { name: 'age', problem: 'wrong_type', line: 3 },
    })
  })
})

describe('a batch', () => {
  it('takes each row once, and gives what came of them as a file', async () => {
    const batch = await settled(await start())
    expect(batch).toMatchObject({
      state: 'done',
      error: null,
      rows: 3,
      fileName: 'crew.csv',
      progress: { complete: 2, skipped: 1, waiting: 0, running: 0, inputTokens: 24, outputTokens: 10 },
    })
    const rows = await app.ask('batches.rows', { id: batch.id })
    expect(rows).toMatchObject([
      { row: 1, line: 2, state: 'complete', inputs: { town: 'Ys', age: 31 }, title: 'Lidia' },
      { row: 2, line: 3, state: 'skipped', generationId: null, faults: [{ variable: 'age' }] },
      { row: 3, line: 4, state: 'complete' },
    ])
    const { generations } = await app.ask('generations.list', { batchId: batch.id })
    expect(generations.map(({ batch: of }) => of?.row)).toEqual(expect.arrayContaining([1, 3]))
    expect(app.events.some(({ name }) => name === 'job.progress')).toBe(true)

    const exported = async (form: 'json' | 'jsonl' | 'csv') => {
      const { fileName, text, next } = await app.ask('batches.export', { id: batch.id, form })
      expect([fileName, next]).toEqual([expect.stringMatching(`^Crew-[0-9-]{10}\\.${form}$`), null])
      return text
    }
    expect(JSON.parse(await exported('json'))).toMatchObject([{ row: 1, output: { name: 'Lidia' } }, { row: 3 }])
    expect((await exported('jsonl')).trim().split('\n')).toHaveLength(2)
    expect(await exported('csv')).toBe(
      '\ufeffrow,state,town,age,name\r\n1,complete,Ys,31,Lidia\r\n3,complete,Is,40,Lidia\r\n'
    )
  })

  it('repeats the same inputs, and takes the rows that failed or have not the form once more', async () => {
    fake.alwaysAnswerWith(null)
    fake.answerWith(
      chatReply.stream(['No.']),
      chatReply.stream(['No.']),
      chatReply.error(500, 'broken'),
      chatReply.stream(['{"name": "Jonas"}'])
    )
    const repeat = { kind: 'repeat', inputs: { town: 'Ys', age: 3 }, count: 3 } as const
    const first = await settled(await start({ source: repeat, concurrency: 1 }))
    expect(first).toMatchObject({ state: 'done', progress: { complete: 1, invalid: 1, failed: 1 } })
    const before = await app.ask('batches.rows', { id: first.id })
    expect(before.map(({ state, error }) => [state, error?.code])).toEqual([
      ['invalid', undefined],
      ['failed', 'provider_server_failed'],
      ['complete', undefined],
    ])
    fake.alwaysAnswerWith(chatReply.stream(['{"name": "Lidia"}']))
    const again = await settled(await app.ask('batches.retry', { id: first.id }))
    expect(again.progress).toMatchObject({ complete: 3, failed: 0 })
    const [id] = before.flatMap(({ generationId }) => generationId ?? [])
    if (!id) throw new Error('The row has no generation')
    // What came before is kept beside the new answer.
    expect((await app.ask('generations.get', { id })).tries.map(({ answer }) => answer)).toEqual([
      'No.',
      'No.',
      '{"name": "Lidia"}',
    ])
    expect(await app.ask('usage.ofGeneration', { generationId: id })).toHaveLength(3)
  })

  it('is paused by what every row would meet, and goes on after it was mended', async () => {
    fake.alwaysAnswerWith(chatReply.error(402, 'No credit'))
    const repeat = { kind: 'repeat', inputs: { town: 'Ys', age: 3 }, count: 30 } as const
    const before = fake.chats().length
    const paused = await settled(await start({ source: repeat, concurrency: 2 }))
    expect(paused).toMatchObject({ state: 'paused', progress: { waiting: 30, failed: 0 } })
    expect(paused.error?.code).toMatch(/payment_required|none_usable/)
    expect(fake.chats().length - before).toBeLessThanOrEqual(2)

    fake.alwaysAnswerWith(chatReply.stream(['{"name": "Lidia"}']))
    for (const { id } of await app.ask('tokens.list', {}))
      await app.ask('tokens.replaceSecret', { id, secret: 'sk-two' })
    const resumed = await settled(await app.ask('batches.resume', { id: paused.id }))
    expect(resumed).toMatchObject({ state: 'done', progress: { complete: 30 } })
  })

  it('can be paused, deleted and brought back with its generations', async () => {
    const repeat = { kind: 'repeat', inputs: { town: 'Ys', age: 3 }, count: 200 } as const
    const { id } = await start({ source: repeat, concurrency: 1 })
    await app.event(
      'job.progress',
      ({ input, progress }) => input['batchId'] === id && Number(progress['complete']) > 0
    )
    await app.ask('batches.pause', { id })
    await expect.poll(async () => (await states(id)).includes('running'), { timeout: 30_000 }).toBe(false)
    const paused = await app.ask('batches.get', { id })
    expect(paused).toMatchObject({ state: 'paused', error: null })
    expect(paused.progress.waiting).toBeGreaterThan(0)
    const uses = async () => (await app.ask('generations.list', { batchId: id, limit: 500 })).generations.length
    const known = await uses()

    await app.ask('batches.delete', { ids: [id] })
    expect([await uses(), await app.ask('batches.list', { ids: [id] })]).toEqual([0, []])
    await app.ask('batches.restore', { ids: [id] })
    expect(await uses()).toBe(known)
    expect((await app.ask('batches.list', { ids: [id] }))[0]).toMatchObject({ state: 'paused' })
  })

  it('of which no answer has the form asks after ten whether to go on, and goes on when told to', async () => {
    fake.alwaysAnswerWith(chatReply.stream(['{"name": 1}']))
    const repeat = { kind: 'repeat', inputs: { town: 'Ys', age: 3 }, count: 14 } as const
    const paused = await settled(await start({ source: repeat, concurrency: 1 }))
    expect(paused).toMatchObject({
      state: 'paused',
      error: { code: 'batch_none_fits', details: { count: 10, path: '/name' } },
      progress: { invalid: 10, waiting: 4 },
    })
    const done = await settled(await app.ask('batches.resume', { id: paused.id }))
    expect(done).toMatchObject({ state: 'done', error: null, progress: { invalid: 14 } })
  })

  it('whose failed rows are to be taken again while it runs takes them too, and counts them once', async () => {
    let asks = 0
    const gate = createGate()
    fake.alwaysAnswerWith(() => {
      asks += 1
      return asks <= 3 ? chatReply.error(500, 'broken') : chatReply.stream([gate, '{"name": "Lidia"}'])
    })
    const repeat = { kind: 'repeat', inputs: { town: 'Ys', age: 3 }, count: 20 } as const
    const { id } = await start({ source: repeat, concurrency: 1 })
    await gate.reached
    await app.ask('batches.retry', { id })
    gate.open()
    const done = await settled(await app.ask('batches.get', { id }))
    expect(done).toMatchObject({ state: 'done', progress: { complete: 20, failed: 0, waiting: 0, running: 0 } })
    const told = app.events.flatMap((one) =>
      one.name === 'job.progress' && one.payload.input['batchId'] === id ? [one.payload.progress] : []
    )
    expect(told.flatMap((progress) => Object.values(progress)).filter((count) => Number(count) < 0)).toEqual([])
    expect(await states(id)).toEqual(Array.from({ length: 20 }, () => 'complete'))
  })
})
