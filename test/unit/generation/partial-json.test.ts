import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject } from '@contract/json'
import { createPartialJson } from '@contract/schema/partial-json'
import type { JsonValue } from '@contract/values'

const shown = (...parts: string[]) => {
  const json = createPartialJson()
  for (const part of parts) json.add(part)
  return json.value()
}

/** Whether a value says nothing that another one does not: its texts are beginnings, its lists and objects are parts. */
const isBeginning = (part: JsonValue, whole: JsonValue | undefined): boolean => {
  if (typeof part === 'string') return typeof whole === 'string' && whole.startsWith(part)
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((one, index) => isBeginning(one, whole[index]))
  if (!isObject(part)) return part === whole
  return isObject(whole) && Object.entries(part).every(([name, one]) => isBeginning(one, whole[name]))
}

describe('JSON that is being written', () => {
  it.each<[text: string, value: unknown]>([
    ['', undefined],
    ['Sure! Here', undefined],
    ['```json\n', undefined],
    ['{', {}],
    ['{"na', {}],
    ['{"name"', {}],
    ['{"name": ', {}],
    ['{"name": "', { name: '' }],
    ['{"name": "An', { name: 'An' }],
    ['{"name": "An\\', { name: 'An' }],
    ['{"name": "An\\u04', { name: 'An' }],
    ['{"name": "An\\u0416', { name: 'AnЖ' }],
    ['{"name": "\\ud83c', { name: '' }],
    ['{"name": "\\ud83c\\udf88', { name: '🎈' }],
    ['{"name": "Ann"', { name: 'Ann' }],
    ['{"name": "Ann", "age": 3', { name: 'Ann' }],
    ['{"name": "Ann", "age": 30,', { name: 'Ann', age: 30 }],
    ['{"name": "Ann", "age": tru', { name: 'Ann' }],
    ['{"tags": ["a", "b', { tags: ['a', 'b'] }],
    ['{"tags": ["a", {"x": [', { tags: ['a', { x: [] }] }],
    ['[{"a": 1}, {"a": 2}, {"a"', [{ a: 1 }, { a: 2 }, {}]],
    ['As [you asked] (see {this}): {"a": "b', { a: 'b' }],
    ['{"a": 1, // why\n "b": /* so */ "c', { a: 1, b: 'c' }],
    ['{"a": [1, 2,], "b": "c', { a: [1, 2], b: 'c' }],
    ['{"a": "x", "b": oops, "c": "d"}', { a: 'x' }],
    ['{"a": "one\ntwo"}', undefined],
    ['{"a": 1} and then {"b": 2', { a: 1 }],
    ['{"__proto__": {"x": "y', JSON.parse('{"__proto__": {"x": "y"}}')],
  ])('%j', (text, value) => {
    expect(shown(text)).toEqual(value)
    expect(shown(...text.split(''))).toEqual(value)
  })

  it('says whether more may come', () => {
    const json = createPartialJson()
    expect(json.state()).toBe('reading')
    json.add('{"a": [1')
    expect(json.state()).toBe('reading')
    json.add(']}')
    expect(json.state()).toBe('whole')
    const other = createPartialJson()
    other.add('{"a": 1, b')
    expect(other.state()).toBe('broken')
  })

  it('comes to the whole value, however it is cut, and shows at no time what is not in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.nat({ max: 30 })), (value, cuts) => {
        const text = JSON.stringify(value)
        // Not by a schema of ours, which would take out fields named `__proto__`.
        const whole: JsonValue = JSON.parse(text)
        const json = createPartialJson()
        let at = 0
        for (const cut of [...cuts, text.length]) {
          json.add(text.slice(at, at + cut))
          at += cut
          expect(isBeginning(json.value() ?? {}, whole)).toBe(true)
        }
        expect(json.value()).toEqual(whole)
      }),
      { numRuns: 80 }
    )
  })

  it('takes any text at all', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const value = shown(`{"a": ${one}`, other, '[', one)
        expect(value === undefined || typeof value === 'object').toBe(true)
      }),
      { numRuns: 100 }
    )
  })

  it('takes time by what is added, and not by what was before', () => {
    const json = createPartialJson()
    json.add('{"text": "')
    for (let piece = 0; piece < 20_000; piece += 1) {
      json.add('some words and ')
      if (piece % 100 === 0) json.value()
    }
    json.add('"}')
    expect(JSON.stringify(json.value())).toHaveLength(20_000 * 15 + 11)
  })
})
