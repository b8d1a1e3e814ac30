import { beforeEach, expect, it } from 'vitest'
import { emptyContent } from '@contract/entities/template'
import { BatchId, GenerationId, TemplateId } from '@contract/ids'
import type { KeptBatch } from '@main/data/batch-store'
import type { GenerationRow } from '@main/data/stored-generation'
import type { Stores } from '@main/data/stores'
import { wordsOf } from '@main/features/templates/generation-words'
import { newId } from '@main/platform/ids'
import { testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'
const LATER = '2026-03-02T03:04:05.000Z'

let stores: Stores
beforeEach(() => {
  stores = testStores().stores
})

const templateId = newId(TemplateId)
function generation(more: Partial<GenerationRow> = {}): GenerationRow {
  const row: GenerationRow = {
    id: newId(GenerationId),
    templateId,
    templateName: 'Names',
    version: 1,
    language: 'en',
    storyId: null,
    batch: null,
    state: 'complete',
    format: 'text',
    provider: 'Fake',
    model: 'm',
    edited: false,
    favourite: false,
    inputTokens: null,
    outputTokens: null,
    cost: null,
    totalMs: 0,
    createdAt: NOW,
    error: null,
    inputs: {},
    selection: '',
    asked: null,
    gatewayKey: null,
    seed: null,
    messages: [],
    parameters: {},
    schema: null,
    native: false,
    tries: [],
    text: '',
    value: null,
    title: '',
    excerpt: '',
    words: '',
    ...more,
  }
  const whole = { ...row, ...wordsOf(row, emptyContent) }
  stores.generations.insert(whole)
  return whole
}
const batch = (rows: number): KeptBatch => {
  const kept: KeptBatch = {
    id: newId(BatchId),
    templateId,
    templateName: 'Names',
    version: 1,
    language: 'en',
    storyId: null,
    fileName: null,
    asked: null,
    gatewayKey: null,
    inputs: { town: 'Ys' },
    concurrency: 1,
    rows,
    createdAt: NOW,
  }
  stores.batches.insert(kept)
  expect(stores.batches.get(kept.id)).toBeNull()
  for (let row = 0; row < rows; row += 1) stores.batches.addRows(kept.id, [{ line: 1, inputs: null, faults: [] }])
  stores.batches.begin(kept.id)
  return kept
}

it('what ran when the app ended was stopped, and keeps what had come', () => {
  const { id } = generation({ state: 'running', text: 'A wom' })
  const { id: over } = generation()
  stores.generations.endInterrupted()
  expect(stores.generations.get(id)).toMatchObject({ state: 'stopped', text: 'A wom' })
  expect(stores.generations.get(over)).toMatchObject({ state: 'complete' })
})

it('what is long is packed when it is over, and read as it was', () => {
  const long = { role: 'user' as const, content: 'The sea was grey. '.repeat(200) }
  const row = generation({ state: 'running', messages: [long] })
  stores.generations.update({ ...row, state: 'complete' })
  expect(stores.generations.get(row.id)?.messages).toEqual([long])
})

it('what was deleted goes for good after its time, with batches and all their rows, a part at a time', () => {
  const kept = batch(120)
  for (let row = 1; row <= 60; row += 1) generation({ batch: { id: kept.id, row } })
  const { id: own } = generation()
  const { id: other } = generation()
  stores.batches.remove(kept.id, NOW)
  stores.generations.remove([own], NOW)
  expect(stores.generations.list({ limit: 10 }).map(({ id }) => id)).toEqual([other])
  let parts = 0
  while (stores.batches.removePartBefore(LATER) || stores.generations.removePartBefore(LATER)) parts += 1
  expect(parts).toBeGreaterThan(3)
  expect(stores.batches.restore(kept.id)).toBe(false)
  expect(stores.generations.restore([own])).toEqual([])
  expect(stores.batches.counts(kept.id)).toMatchObject({ waiting: 0, complete: 0 })
})

it('of a batch that comes back, what was deleted by itself before stays deleted', () => {
  const kept = batch(2)
  const first = generation({ batch: { id: kept.id, row: 1 } })
  generation({ batch: { id: kept.id, row: 2 } })
  stores.generations.remove([first.id], NOW)
  stores.batches.remove(kept.id, LATER)
  expect(stores.batches.restore(kept.id)).toBe(true)
  expect(stores.generations.list({ batchId: kept.id, limit: 10 }).map(({ batch: of }) => of?.row)).toEqual([2])
})

it('rows are taken in their order, each once, until those that were begun wait again', () => {
  const kept = batch(2)
  expect([stores.batches.take(kept)?.row, stores.batches.take(kept)?.row, stores.batches.take(kept)]).toEqual([
    1,
    2,
    null,
  ])
  stores.batches.setState(kept.id, 1, 'complete')
  expect(stores.batches.waitAgain(kept.id, ['running'])).toBe(1)
  expect(stores.batches.take(kept)).toEqual({ row: 2, inputs: { town: 'Ys' } })
})

it('a list shows a name of the answer, and the beginning of the rest', () => {
  const titles = (value: GenerationRow['value']) => {
    const { title, excerpt } = generation({ format: 'json', value, text: JSON.stringify(value) })
    return [title, excerpt]
  }
  expect(titles({ age: 31, name: 'Lidia', looks: ['tall', 'grey'] })).toEqual(['Lidia', '31 · tall · grey'])
  expect(titles([{ name: 'Lidia' }, { name: 'Jonas' }])[0]).toBe('Lidia, Jonas')
  expect(titles({ names: ['Ys', 'Ker'] })[0]).toBe('Ys, Ker')
  expect(titles({ mood: 'grey sea' })).toEqual(['grey sea', ''])
  const text = generation({ text: '## The **pier**\n\nOld boards.' })
  expect([text.title, text.excerpt]).toEqual(['The pier', 'Old boards.'])
})

it('data that cannot be read has no title of its own, and is found by its words all the same', () => {
  const broken = generation({ format: 'json', text: '{"name": "Lidia of Ys"', value: null })
  expect(broken).toMatchObject({ title: '', excerpt: '{"name": "Lidia of Ys"' })
  expect(broken.words).toContain('lidia')
  expect(generation({ format: 'text', text: '# Lidia\nA keeper.' }).title).toBe('Lidia')
})
