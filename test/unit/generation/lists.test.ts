import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVariable } from '@contract/entities/new-variable'
import { InputVariable } from '@contract/entities/template'
import { turnsUntil } from '@test/helpers/turns'
import { createLists, type Lists } from '@main/workers/lists'

const town = InputVariable.parse({ ...newVariable('text', 'town'), pattern: '[A-Z].*' })
const age = InputVariable.parse({ ...newVariable('number', 'age'), whole: true })
const variables = [town, age]

let lists: Lists
beforeAll(() => {
  lists = createLists()
})
afterAll(() => lists.close())

const list = (rows: number, ageOf: (row: number) => string = String) => ({
  text: `Town;age\n${Array.from({ length: rows }, (_, at) => `Ys ${at + 1};${ageOf(at + 1)}`).join('\n')}`,
  fileName: 'crew.csv',
  mapping: { town: 'Town', age: 'age' },
})

describe('a long list', () => {
  it('is read and checked while everything else goes on', async () => {
    const planning = lists.plan(
      variables,
      list(20_000, (row) => (row % 100 === 7 ? 'forty' : String(row)))
    )
    expect(await turnsUntil(planning)).toBeGreaterThan(20)
    const { rows, faulty, faults, sample } = await planning
    expect([rows, faulty, faults.length, sample.length]).toEqual([20_000, 200, 200, 8])
    expect(faults[1]).toEqual({ row: 107, line: 108, variable: 'age', kind: 'wrong_type', limit: null })
    expect(sample[1]).toEqual({ town: 'Ys 2501', age: 2501 })
  })

  it('gives its rows in their order, some at a time', async () => {
    const lines: number[] = []
    const sizes: number[] = []
    for await (const { rows, total } of lists.rows(variables, list(1200))) {
      sizes.push(rows.length)
      lines.push(...rows.map(({ line }) => line))
      expect(total).toBe(1200)
    }
    expect(sizes).toEqual([500, 500, 200])
    expect(lines).toEqual(Array.from({ length: 1200 }, (_, at) => at + 2))
  })

  it('that is left before its end, or cannot be read, makes room for the next one', async () => {
    for await (const { faulty } of lists.rows(
      variables,
      list(1200, (row) => (row === 900 ? '' : '1'))
    )) {
      expect(faulty).toMatchObject({ line: 901, faults: [{ row: 900, variable: 'age', kind: 'missing' }] })
      break
    }
    await expect(lists.head(variables, { text: 'a,a\n1,2', fileName: 'x.csv' })).rejects.toMatchObject({
      code: 'list_unreadable',
      details: { problem: 'same_column', name: 'a' },
    })
    expect((await lists.head(variables, list(3))).mapping).toEqual({ town: 'Town', age: 'age' })
  })

  it('of one column belongs to the variable that must be given, where there is one', async () => {
    const free = { ...newVariable('text', 'mood'), required: false }
    const alone = { text: 'someone\nAnn\n', fileName: 'x.csv' }
    expect((await lists.head([free, town], alone)).mapping).toEqual({ town: 'someone' })
    expect((await lists.head(variables, alone)).mapping).toEqual({})
  })

  it('ends with the app', async () => {
    const other = createLists()
    const reading = other.plan(variables, list(20_000))
    const waiting = other.head(variables, list(1))
    await other.close()
    await expect(reading).rejects.toThrow('closes')
    await expect(waiting).rejects.toThrow('closes')
  })
})
