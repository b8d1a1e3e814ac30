import { describe, expect, it } from 'vitest'
import type { AnswerForm } from '@contract/entities/template'
import { checkValue } from '@contract/schema/check-value'
import type { JsonObject } from '@contract/values'
import { askAgain } from '@main/generation/ask-again'
import { instructions } from '@main/generation/instructions'
import { readCsv } from '@main/generation/read-csv'
import type { TextMessage } from '@main/providers/spec/chat'
import { askDemo, system, user } from './ask-demo'

const schema: JsonObject = {
  type: 'object',
  properties: {
    имя: { type: 'string' },
    'age, in years': { type: 'integer', minimum: 16, maximum: 80, description: 'how old; at the start' },
    mood: { enum: ['wry', 'vain', 'shy'] },
    armed: { type: 'boolean' },
    height: { type: 'number', minimum: 1.5 },
    words: { type: 'array', items: { type: 'string' } },
    told: { type: 'string', minLength: 10, maxLength: 90 },
  },
  required: ['имя', 'age, in years', 'mood', 'armed', 'height', 'words', 'told'],
}
const told = (said: string, of: JsonObject | null = schema): TextMessage[] => {
  const form: AnswerForm = { format: 'csv', schema: of }
  return [system('ru'), user(`${said}\n\n${instructions(form)}`)]
}

async function rowsFor(messages: TextMessage[], of: JsonObject | null = schema) {
  const { text } = await askDemo(messages)
  const table = readCsv(text, of)
  if ('fault' in table) throw new Error(`no table: ${text}`)
  return table
}

describe('a table of the Demo', () => {
  it('has the columns that are asked for, as many rows, and values that fit, in the language of the writer', async () => {
    const { columns, rows } = await rowsFor(told('Придумай 12 жителей порта.'))
    expect(columns).toEqual(Object.keys(Object(schema['properties'])))
    expect(rows).toHaveLength(12)
    for (const { values, cells } of rows) {
      expect([checkValue(schema, values), cells]).toEqual([[], null])
      expect(values['имя']).toMatch(/^\p{Script=Cyrillic}/u)
      expect(values['told']).toMatch(/\p{Script=Cyrillic}/u)
    }
  })

  it('is the same again, and one that is asked for again is a whole table too', async () => {
    const messages = told('People of the harbour')
    const { rows } = await rowsFor(messages)
    expect(rows).toHaveLength(8)
    expect(new Set(rows.map(({ values }) => values['имя']))).toHaveProperty('size', 8)
    expect(rows[0]?.values['told']).toMatch(/\p{Script=Latin}/u)
    const again = askAgain(
      messages,
      'no table',
      [{ path: '/0/mood', keyword: 'enum', expected: {}, message: 'must be one of them', got: 'x' }],
      'csv'
    )
    expect((await rowsFor(again)).rows.map(({ values }) => values)).toEqual(rows.map(({ values }) => values))
  })

  it('stands beside any JSON, where that is told in words', async () => {
    const { text } = await askDemo([user(`Придумай героя.\n\n${instructions({ format: 'json', schema: null })}`)])
    expect(JSON.parse(text)).toMatchObject({ answer: expect.stringMatching(/\p{Script=Cyrillic}/u) })
  })

  it.each([
    ['Придумай жителей порта.', ['имя', 'описание']],
    ['Think of people.', ['name', 'description']],
    ['Think of people. Use the columns: name, fault and wish.', ['name', 'fault', 'wish']],
    ['Think of people. Columns: name, age', ['name', 'age']],
    ['Придумай жителей. Колонки: имя, страх и мечта.', ['имя', 'страх', 'мечта']],
  ])('has columns of its own where none are laid down: %s', async (said, columns) => {
    const table = await rowsFor(told(said, null), null)
    expect(table.columns).toEqual(columns)
    for (const { values } of table.rows) expect(values['age'] ?? '44').toMatch(/^\d\d$/)
  })
})
