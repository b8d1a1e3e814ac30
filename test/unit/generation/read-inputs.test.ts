import { describe, expect, it } from 'vitest'
import { MOST_INPUTS, readInputs } from '@main/generation/read-inputs'

const values = (text: string) => {
  const reading = readInputs(text)
  return 'rows' in reading ? reading.rows.map((row) => row.values) : reading.fault
}

describe('a list of inputs', () => {
  const both = [
    { name: 'Ann', age: '30' },
    { name: 'Bo', age: '4' },
  ]
  it.each([
    ['a table with commas', 'name,age\nAnn,30\nBo,4\n'],
    ['a table with semicolons, as spreadsheets write it', '\ufeff"name";"age"\r\nAnn;30\r\nBo;4\r\n'],
    ['a table with tabs', 'name\tage\nAnn\t30\n\nBo\t4'],
    ['a list of objects', '\ufeff[\n{"name": "Ann", "age": "30"},\n{"name": "Bo", "age": "4"}\n]\n'],
    ['an object a line', '{"name": "Ann", "age": "30"}\r\n\n{"name": "Bo", "age": "4"}'],
  ])('is read from %s', (_, text) => {
    expect(values(text)).toEqual(both)
    expect(readInputs(text)).toMatchObject({ columns: ['name', 'age'] })
  })

  it('keeps the values of JSON as they are, and names every column', () => {
    expect(readInputs('[{"a": [1, true]}, // more\n {"b": null},]')).toEqual({
      format: 'json',
      columns: ['a', 'b'],
      rows: [
        { line: 1, values: { a: [1, true] }, fault: null },
        { line: 2, values: { b: null }, fault: null },
      ],
    })
  })

  it('says what is wrong with a row, and reads the others', () => {
    expect(readInputs('name,age\n"Ann\nB",30\nBo\nCy,1,2\n')).toMatchObject({
      rows: [
        { line: 2, fault: null },
        { line: 4, values: { name: 'Bo', age: '' }, fault: { kind: 'cells', cells: 1, columns: 2 } },
        { line: 5, fault: { kind: 'cells', cells: 3, columns: 2 } },
      ],
    })
    expect(readInputs('{"a": 1}\n{"a": oops}\n\n[1]\n{"a": 1} b\n{"a"')).toMatchObject({
      format: 'jsonl',
      rows: [
        { line: 1, fault: null },
        { line: 2, fault: { kind: 'json', flaw: 'value', place: { line: 2, column: 7, near: 'oops}' } } },
        { line: 4, fault: { kind: 'object' } },
        { line: 5, fault: { kind: 'json', flaw: 'end', place: { line: 5, column: 10 } } },
        { line: 6, fault: { kind: 'json', flaw: null, place: { line: 6 } } },
      ],
    })
    expect(readInputs('[{"a": 1},\n"b",\n{"a": 2}]')).toMatchObject({
      rows: [
        { line: 1, fault: null },
        { line: 2, fault: { kind: 'object' } },
        { line: 3, fault: null },
      ],
    })
  })

  it.each<[text: string, fault: object]>([
    [' \n', { kind: 'empty' }],
    ['name,age\n', { kind: 'empty' }],
    ['[]', { kind: 'empty' }],
    ['name,age,name\n1,2,3', { kind: 'header', name: 'name' }],
    ['name,,age\n1,2,3', { kind: 'header', name: null }],
    ['name,age\nAnn,30\n"Bo,4\nCy,5', { kind: 'quote', line: 3 }],
    ['[{"a": 1},\n {"a": ]', { kind: 'json', flaw: 'value', place: { line: 2, column: 8, near: ']' } }],
    ['[{"a": 1}', { kind: 'json', flaw: null }],
    ['[{"a": 1}] and', { kind: 'json', flaw: 'end', place: { line: 1, column: 12, near: 'and' } }],
  ])('is refused: %j', (text, fault) => expect(readInputs(text)).toMatchObject({ fault }))

  it('is refused when it has more rows than anybody means', () => {
    expect(readInputs(`a\n${'1\n'.repeat(MOST_INPUTS + 1)}`)).toEqual({ fault: { kind: 'too_many' } })
  })

  it('is taken for what the user says that it is', () => {
    expect(readInputs('{"a": 1}', 'json')).toEqual({ fault: { kind: 'list' } })
    expect(readInputs('[a]\n1', 'csv')).toMatchObject({ rows: [{ values: { '[a]': '1' } }] })
  })
})
