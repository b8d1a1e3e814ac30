import { describe, expect, it } from 'vitest'
import type { AnswerForm } from '@contract/entities/template'
import { ValueProblem } from '@contract/schema/value-problem'
import type { JsonValue } from '@contract/values'
import { askAgain } from '@main/generation/ask-again'
import { checkAnswer, readAnswer } from '@main/generation/read-answer'

const schema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 1 } },
  required: ['name', 'age'],
  additionalProperties: false,
}
const json: AnswerForm = { format: 'json', schema }
const csv: AnswerForm = { format: 'csv', schema }

describe('an answer', () => {
  it.each<[form: AnswerForm, answer: string, value: unknown, problems: [path: string, keyword: string][]]>([
    [{ format: 'text' }, '{"a"', null, []],
    [json, 'Here: ```json\n{"name": "Ann", "age": 30,}\n```', { name: 'Ann', age: 30 }, []],
    [json, 'Not {"a": 1}, but {"name": "Ann", "age": 30}.', { name: 'Ann', age: 30 }, []],
    [json, '{"name": "Ann", "age": 0}', { name: 'Ann', age: 0 }, [['/age', 'minimum']]],
    [json, '[{"name": "Ann", "age": 3}]', [{ name: 'Ann', age: 3 }], [['', 'type']]],
    [json, 'No.', null, [['', 'nothing']]],
    [json, '{"name": "An', null, [['', 'cut_off']]],
    [json, '{"name": Ann}', null, [['', 'broken']]],
    [json, '['.repeat(300), null, [['', 'too_deep']]],
    [{ format: 'json', schema: null }, '[1, 2]', [1, 2], []],
    [
      csv,
      'name,age\nAnn,30\nBo,4',
      [
        { name: 'Ann', age: 30 },
        { name: 'Bo', age: 4 },
      ],
      [],
    ],
    [
      csv,
      'name,age\nAnn,x\nBo\nCy,0',
      [{ name: 'Ann', age: 'x' }, { name: 'Bo' }, { name: 'Cy', age: 0 }],
      [
        ['/0/age', 'type'],
        ['/1', 'cells'],
        ['/2/age', 'minimum'],
      ],
    ],
    [csv, 'name,age\n', [], [['', 'minItems']]],
    [csv, 'No.', null, [['', 'nothing']]],
    [csv, 'name,age\n"Ann', null, [['', 'cut_off']]],
    [csv, 'name,age,age\nAnn,1,2', null, [['', 'same_column']]],
    [{ format: 'csv', schema: null }, 'a,b\n1,2', [{ a: '1', b: '2' }], []],
    [{ format: 'csv', schema: null }, 'No.', null, [['', 'nothing']]],
  ])('in the form %j: %j', (form, answer, value, expected) => {
    const reading = readAnswer(form, answer)
    expect(reading.value).toEqual(value)
    expect(reading.problems.map(({ path, keyword }) => [path, keyword])).toEqual(expected)
    expect(ValueProblem.array().safeParse(reading.problems).success).toBe(true)
  })
})

describe('a value that the user has changed', () => {
  it.each<[form: AnswerForm, value: JsonValue, paths: string[]]>([
    [{ format: 'text' }, null, []],
    [{ format: 'json', schema: null }, 1, []],
    [json, { name: 'Ann', age: 0 }, ['/age']],
    [
      csv,
      [
        { name: 'Ann', age: 1 },
        { name: 'Bo', age: 'x' },
      ],
      ['/1/age'],
    ],
  ])('in the form %j: %j', (form, value, paths) => {
    expect(checkAnswer(form, value).map(({ path }) => path)).toEqual(paths)
  })
})

describe('a schema that takes too long to be checked', () => {
  const slow = { type: 'object', properties: { a: { pattern: '^(a+)+$' } } }
  const value = { a: `${'a'.repeat(50)}!` }

  it('is a problem, and what could be read is there', () => {
    const reading = readAnswer({ format: 'json', schema: slow }, JSON.stringify(value))
    expect(reading).toMatchObject({ value, problems: [{ path: '', keyword: 'schema' }] })
    expect(checkAnswer({ format: 'csv', schema: slow }, [value])).toMatchObject([{ keyword: 'schema' }])
    expect(readAnswer(json, '{"name": "Ann", "age": 1}').problems).toEqual([])
  })
})

const again = (form: AnswerForm & { format: 'json' | 'csv' }, answer: string) =>
  askAgain([{ role: 'user', content: 'A hero, please.' }], answer, readAnswer(form, answer).problems, form.format)

describe('a model that is asked again', () => {
  it('reads its answer, and what is wrong with it: where, what is expected and what was there', () => {
    const answer = '{"name": "Ann", "age": "thirty", "hair": "red"}'
    expect(again(json, answer)).toEqual([
      { role: 'user', content: 'A hero, please.' },
      { role: 'assistant', content: answer },
      {
        role: 'user',
        content: [
          'Your answer cannot be used:',
          '- /age must be a whole number, and is "thirty"',
          '- /hair is not a field that there is',
          '',
          'Correct this and answer with the whole JSON again, and with nothing else.',
        ].join('\n'),
      },
    ])
  })

  it('reads the rows and columns of a table as one counts them', () => {
    expect(again(csv, 'name,age\nAnn,30\nBo\n,0').at(-1)?.content).toContain(
      ['- row 2 has 1 cells, and must have 2', '- row 3, column age must be 1 or more, and is 0'].join('\n')
    )
  })

  it.each([
    ['{"name": Ann}', '- the answer is not JSON in line 1, column 10 (Ann}): a value must stand there'],
    ['{"name": "An', '- the answer is cut off: what begins in line 1 does not end'],
    ['No.', '- there is no JSON in the answer'],
    ['[]', '- the whole answer must be an object, and is []'],
  ])('reads why nothing could be read: %j', (answer, line) => {
    expect(again(json, answer).at(-1)?.content.split('\n')).toContain(line)
  })

  it('reads no more than twenty problems, nor an answer without end, nor an empty one', () => {
    const many = again({ format: 'json', schema: { items: { type: 'string' } } }, JSON.stringify(Array(50).fill(1)))
    expect(many.at(-1)?.content.match(/^- /gm)).toHaveLength(21)
    expect(many.at(-1)?.content).toContain('- and 30 more of this kind')
    expect(again(json, 'x'.repeat(100_000)).at(1)?.content).toHaveLength(40_001)
    expect(again(json, ' \n')).toHaveLength(2)
  })
})
