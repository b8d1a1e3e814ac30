import { expect, it } from 'vitest'
import type { BatchFilePart, BatchForm } from '@contract/entities/batch'
import { BatchId, GenerationId, TemplateId } from '@contract/ids'
import type { JsonValue } from '@contract/values'
import { createBatchFile } from '@main/data/batch-file'
import { newId } from '@main/platform/ids'
import { testStores } from '@test/helpers/test-stores'

const NOW = '2026-01-02T03:04:05.000Z'

/** A batch of towns with what was answered to each. */
function made(answers: readonly { text: string; value: JsonValue | null }[], notes: readonly string[] = []) {
  const { db, stores } = testStores()
  const id = newId(BatchId)
  const templateId = newId(TemplateId)
  const asked = {
    templateId,
    templateName: 'Crew',
    version: 1,
    language: 'en',
    storyId: null,
    asked: null,
    gatewayKey: null,
  } as const
  const kept = { ...asked, id, fileName: null, inputs: null, concurrency: 1, rows: answers.length, createdAt: NOW }
  stores.transaction(() => {
    stores.batches.insert(kept)
    stores.batches.addRows(
      id,
      answers.map((_, at) => ({ line: at + 2, inputs: { town: `Ys ${at + 1}`, note: notes[at] ?? '' }, faults: [] }))
    )
    stores.batches.begin(id)
    for (const [at, answer] of answers.entries()) {
      stores.batches.setState(id, at + 1, 'complete')
      stores.generations.insert({
        ...asked,
        ...answer,
        id: newId(GenerationId),
        batch: { id, row: at + 1 },
        state: 'complete',
        format: 'json',
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
        seed: null,
        messages: [],
        parameters: {},
        schema: null,
        native: false,
        tries: [],
        title: '',
        excerpt: '',
        words: '',
      })
    }
  })
  const part = createBatchFile(db)
  return (form: BatchForm) => {
    const parts: BatchFilePart[] = []
    for (let after: number | null = 0; after !== null; after = parts.at(-1)?.next ?? null)
      parts.push(part(id, form, after))
    return { parts: parts.length, text: parts.map(({ text }) => text).join('') }
  }
}
const named = (name: string) => ({ text: '', value: { name } })

it('a long file comes in parts, which are the file together', () => {
  const file = made(Array.from({ length: 2300 }, (_, at) => named(`No. ${at + 1}`)))
  const { parts, text } = file('json')
  expect(parts).toBe(3)
  const rows = Array.from({ length: 2300 }, (_, at) => ({
    row: at + 1,
    state: 'complete',
    inputs: { town: `Ys ${at + 1}`, note: '' },
    output: { name: `No. ${at + 1}` },
  }))
  expect(text).toBe(`${JSON.stringify(rows, null, 2)}\n`)
  expect(file('jsonl').text).toBe(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  expect(file('csv').text.split('\r\n')).toHaveLength(2302)
})

it('long answers make short parts', () => {
  const long = 'The sea was grey. '.repeat(20_000)
  expect(made(Array.from({ length: 9 }, () => named(long)))('jsonl').parts).toBe(3)
})

it('a table has a column for each field of any row, and one for what has none', () => {
  const answers = [...Array.from({ length: 1200 }, () => named('Ann')), { text: '', value: { age: 7, town: 'Is' } }]
  const { text } = made([...answers, { text: 'No.', value: null }, { text: '', value: [1, 2] }], ['=1+1'])('csv')
  const lines = text.split('\r\n')
  expect(lines[0]).toBe('\ufeffrow,state,town,note,name,age,output.town,output')
  expect(lines[1]).toBe("1,complete,Ys 1,'=1+1,Ann,,,")
  expect(lines.slice(-4)).toEqual([
    '1201,complete,Ys 1201,,,7,Is,',
    '1202,complete,Ys 1202,,,,,No.',
    '1203,complete,Ys 1203,,,,,"[1,2]"',
    '',
  ])
  expect(made([])('json').text).toBe('[]\n')
})
