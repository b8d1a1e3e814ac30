import { describe, expect, it } from 'vitest'
import type { JsonObject } from '@contract/values'
import { readCsv } from '@main/generation/read-csv'

const schema: JsonObject = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    age: { type: 'integer' },
    alive: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    note: { type: 'string' },
  },
  required: ['name', 'age'],
}
const rows = (answer: string, of: JsonObject | null = schema) => {
  const reading = readCsv(answer, of)
  return 'rows' in reading ? reading.rows.map(({ values }) => values) : reading.fault
}

describe('the table of an answer', () => {
  const ann = { name: 'Ann', age: 30 }
  it.each<[name: string, answer: string, rows: JsonObject[]]>([
    ['alone', 'name,age\nAnn,30\nBo,4\n', [ann, { name: 'Bo', age: 4 }]],
    ['with a byte order mark and Windows lines', '\ufeffname,age\r\nAnn,30\r\n', [ann]],
    ['in a fence', 'Here you are:\n```csv\nname,age\nAnn,30\n```\nAnything else, dear?', [ann]],
    ['in a fence without an end', '```\nname,age\nAnn,30', [ann]],
    ['between words', 'Sure, here:\n\nname,age\nAnn,30\n\nShall I go on "or stop?', [ann]],
    ['with semicolons', 'name;age\nAnn;30', [ann]],
    ['with tabs', 'name\tage\nAnn\t30', [ann]],
    ['with blanks around its cells', 'name , age\n Ann , "30" ', [ann]],
    ['with its columns in another order', 'age,name\n30,Ann', [ann]],
    ['with a column that nobody asked for', 'name,age,hair\nAnn,30,red', [{ ...ann, hair: 'red' }]],
    ['with quotes', 'name,age\n"Ann ""the lamp"", of Kars",30', [{ name: 'Ann "the lamp", of Kars', age: 30 }]],
    ['with lines in its cells', 'name,age,note\nAnn,30,"one\n\ntwo"', [{ ...ann, note: 'one\n\ntwo' }]],
    ['with a quote inside of a cell', 'name,age\n5" Ann,30', [{ name: '5" Ann', age: 30 }]],
    ['with blank lines between its rows', 'name,age\nAnn,30\n\nBo,4', [ann, { name: 'Bo', age: 4 }]],
    [
      'with truths',
      'name,age,alive\nAnn,30,TRUE\nBo,4,false',
      [
        { ...ann, alive: true },
        { name: 'Bo', age: 4, alive: false },
      ],
    ],
    ['with lists as JSON', 'name,age,tags\nAnn,30,"[""a"",""b""]"', [{ ...ann, tags: ['a', 'b'] }]],
    ['with empty cells, which say nothing', 'name,age,alive,note\nAnn,30,,', [ann]],
    ['with an empty text that must be there', 'name,age\n"",30', [{ name: '', age: 30 }]],
    ['that has no rows', 'name,age\n', []],
  ])('is read %s', (_, answer, expected) => expect(rows(answer)).toEqual(expected))

  it('leaves as a text what is not written as its column wants it', () => {
    expect(rows('name,age,alive,tags\nAnn,thirty,yes,a b\nBo,007,1,[a]\nCy,"1,5",,')).toEqual([
      { name: 'Ann', age: 'thirty', alive: 'yes', tags: 'a b' },
      { name: 'Bo', age: '007', alive: '1', tags: '[a]' },
      { name: 'Cy', age: '1,5' },
    ])
  })

  it('reads cells by what their columns may be', () => {
    const properties: JsonObject = {
      maybe: { type: ['number', 'null'] },
      level: { enum: [1, 2, 3] },
      mixed: { type: ['string', 'number'] },
      other: { $ref: '#/$defs/size' },
      either: { anyOf: [{ type: 'integer' }, { type: 'boolean' }] },
    }
    const of = { type: 'object', properties, $defs: { size: { type: 'number' } } }
    expect(rows('maybe,level,mixed,other,either\n,2,7,1.5e3,true\n3,x,,,8', of)).toEqual([
      { maybe: null, level: 2, mixed: '7', other: 1500, either: true },
      { maybe: 3, level: 'x', either: 8 },
    ])
  })

  it('says of each row where it stands, and whether its cells are as many as the columns', () => {
    expect(readCsv('Here:\n```\nname,age\n"Ann\nB",30\nBo\nCy,1,2\n```', schema)).toEqual({
      columns: ['name', 'age'],
      rows: [
        { line: 4, values: { name: 'Ann\nB', age: 30 }, cells: null },
        { line: 6, values: { name: 'Bo' }, cells: 1 },
        { line: 7, values: { name: 'Cy', age: 1 }, cells: 3 },
      ],
    })
  })

  it('takes any columns where no schema names them', () => {
    expect(rows('As you wish, here:\n\na,b\n1,2\n\nBye!', null)).toEqual([{ a: '1', b: '2' }])
    expect(rows('```csv\nname\nAnn\nBo\n```', null)).toEqual([{ name: 'Ann' }, { name: 'Bo' }])
  })

  it('reads a list of one column, and ends it at a blank line', () => {
    const of: JsonObject = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
    expect(rows('Some names:\n\nname\nAnn\nBo\n\nMore?', of)).toEqual([{ name: 'Ann' }, { name: 'Bo' }])
  })

  it.each<[name: string, answer: string, fault: object]>([
    ['no table', 'I cannot do that.', { kind: 'nothing', columns: ['name', 'age', 'alive', 'tags', 'note'] }],
    ['a column that is missing', 'name\nAnn', { kind: 'nothing' }],
    ['other words for the columns', 'Name,Age\nAnn,30', { kind: 'nothing' }],
    ['a table cut off in a text', 'So:\nname,age\nAnn,30\n"Bo', { kind: 'cut_off', line: 4 }],
    ['two columns of one name', 'name,age,name\nAnn,30,Bo', { kind: 'same_column', line: 1, name: 'name' }],
  ])('is a fault: %s', (_, answer, fault) => expect(rows(answer)).toMatchObject(fault))

  it('makes no object of a column with an ill name', () => {
    const [row] = [rows('name,age,__proto__,constructor\nAnn,30,x,y')].flat()
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
    expect(Object.keys(row ?? {})).toEqual(['name', 'age', '__proto__', 'constructor'])
  })
})
