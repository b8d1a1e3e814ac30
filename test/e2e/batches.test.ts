import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { newVariable } from '@contract/entities/new-variable'
import { emptyContent, InputVariable } from '@contract/entities/template'
import type { GenerationSummary } from '@contract/entities/generation'
import type { Call } from '@contract/entities/usage'
import type { BatchId } from '@contract/ids'
import { AppProcess } from '@test/helpers/app-process'
import { chatReply } from '@test/helpers/chat-reply'
import { startFakeOpenAi, type FakeOpenAi } from '@test/helpers/fake-openai'
import type { RecordedRequest, Reply } from '@test/helpers/fake-server'
import { temporaryFolder } from '@test/helpers/temporary-folder'

const ROWS = 1000
const AT_ONCE = 16
/** A busy machine takes the rows slowly. */
const SLOW = { timeout: 180_000, interval: 200 }

const folder = temporaryFolder()
let fake: FakeOpenAi
let app: AppProcess

beforeAll(async () => {
  fake = await startFakeOpenAi()
  app = await AppProcess.start({ dataDir: folder.path })
})
afterAll(async () => {
  await app.kill()
  await fake.stop()
  folder.remove()
})

const Sent = z.looseObject({ messages: z.array(z.looseObject({ content: z.string() })) })
const failed = new Set<number>()

/** Of ten rows one is answered in the wrong form first, and of twenty one fails at first. */
function answer({ body }: RecordedRequest): Reply {
  const { messages } = Sent.parse(body)
  const row = Number(/Row (\d+)\./.exec(messages[0]?.content ?? '')?.[1])
  if (row % 20 === 1 && !failed.has(row)) {
    failed.add(row)
    return chatReply.error(500, 'broken')
  }
  const isFirst = messages.length === 1
  return chatReply.stream([row % 10 === 0 && isFirst ? '{"name": 1}' : `{"name": "Row ${row}"}`])
}

const everyPage = async <Item, Cursor>(
  page: (before: Cursor | undefined) => Promise<{ items: Item[]; last: Cursor | undefined; hasMore: boolean }>
): Promise<Item[]> => {
  const all: Item[] = []
  for (let before: Cursor | undefined; ;) {
    const { items, last, hasMore } = await page(before)
    all.push(...items)
    if (!hasMore) return all
    before = last
  }
}

it('a batch of 1,000 rows ends complete, each row once, with wrong answers, failures and a kill in the middle', async () => {
  fake.alwaysAnswerWith(answer)
  const { id: providerId } = await app.rpc('providers.create', { name: 'Fake', baseUrl: fake.url, keyRequired: false })
  const settings = { providerId, model: 'fake-model', retries: 2 }
  const preset = await app.rpc('presets.create', {
    name: 'Fake',
    roles: { main: { enabled: true, modelConfigId: null, settings } },
  })
  await app.rpc('presets.setDefault', { id: preset.id })
  const number = InputVariable.parse({
    ...newVariable('number', 'number'),
    whole: true,
  })
  const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
  const { id: templateId } = await app.rpc('templates.create', {
    name: 'Numbered rows',
    content: { ...emptyContent, user: 'Row {{ number }}.', variables: [number], answer: { format: 'json', schema } },
  })
  const text = `number\n${Array.from({ length: ROWS }, (_, at) => at + 1).join('\n')}`
  const source = { kind: 'list', fileName: 'rows.csv', text, mapping: { number: 'number' } } as const
  const { id } = await app.rpc('batches.start', { templateId, source, concurrency: AT_ONCE })

  /** Asks as a window does, and notes how long the answer took. */
  let longest = 0
  const until = async (isThere: (batch: Awaited<ReturnType<typeof look>>) => boolean) => {
    await expect
      .poll(async () => {
        const from = performance.now()
        const batch = await look(id)
        longest = Math.max(longest, performance.now() - from)
        return isThere(batch)
      }, SLOW)
      .toBe(true)
  }
  const look = (batchId: BatchId) => app.rpc('batches.get', { id: batchId })

  await until(({ progress }) => progress.complete >= ROWS / 3)
  await app.kill()
  app = await app.restart()
  expect((await look(id)).progress.complete).toBeLessThan(ROWS)
  await until(({ state }) => state !== 'running')
  expect(await look(id)).toMatchObject({
    state: 'done',
    error: null,
    progress: { complete: ROWS, failed: 0, invalid: 0 },
  })
  console.info(`The longest answer to another request meanwhile took ${Math.round(longest)} ms`)

  const uses = await everyPage<GenerationSummary, GenerationSummary['id']>(async (before) => {
    const page = await app.rpc('generations.list', { batchId: id, limit: 500, before })
    return { items: page.generations, last: page.generations.at(-1)?.id, hasMore: page.hasMore }
  })
  expect(new Set(uses.map(({ batch }) => batch?.row)).size).toBe(ROWS)
  expect(uses.map(({ title, batch }) => (title === `Row ${batch?.row}` ? '' : title)).filter(Boolean)).toEqual([])

  const period = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }
  const calls = await everyPage<Call, Call['id']>(async (before) => {
    const page = await app.rpc('usage.calls', { ...period, limit: 500, before })
    return { items: page.calls, last: page.calls.at(-1)?.id, hasMore: page.hasMore }
  })
  const outcomes = new Map<string, string[]>()
  for (const { purpose, outcome } of calls.toReversed()) {
    if (purpose.kind !== 'template' || purpose.generationId === null) throw new Error('A call was for something else')
    outcomes.set(purpose.generationId, [...(outcomes.get(purpose.generationId) ?? []), outcome])
  }
  const expected = (row: number) => {
    if (row % 10 === 0) return 'complete complete'
    return row % 20 === 1 ? 'failed complete' : 'complete'
  }
  // Only rows that the kill met half way have been asked for more, or for what the ledger had no time to note.
  const others = uses.filter((use) => outcomes.get(use.id)?.join(' ') !== expected(use.batch?.row ?? 0))
  expect(others.length).toBeLessThanOrEqual(AT_ONCE)
})
