import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { readJson } from '@main/generation/read-json'

/** The value, or the kind of the fault with its flaw. */
const read = (answer: string, fits?: (value: JsonValue) => boolean) => {
  const reading = readJson(answer, fits)
  if ('value' in reading) return { value: reading.value }
  const { fault } = reading
  return fault.kind === 'broken' ? fault.flaw : fault.kind
}

describe('the JSON of an answer', () => {
  it.each<[name: string, answer: string, value: JsonValue]>([
    ['alone', '{"name":"Ann","age":30}', { name: 'Ann', age: 30 }],
    ['with blanks and a byte order mark around', '\ufeff \n[1, 2]\n\n', [1, 2]],
    ['in a fence', '```json\n{"a": 1}\n```', { a: 1 }],
    ['in a fence of tildes, with another language', '~~~JavaScript\n{"a": 1}\n~~~', { a: 1 }],
    ['in a fence without an end', '```json\n{"a": 1}', { a: 1 }],
    ['in a fence on one line', 'Here: ```{"a": 1}``` Bye', { a: 1 }],
    ['between words', 'Sure! Here it is:\n\n{"a": 1}\n\nTell me if you want more.', { a: 1 }],
    ['between Russian words and quotes', 'Конечно, «вот»: {"имя": "Аня"} — готово!', { имя: 'Аня' }],
    ['behind smileys and brackets that do not close', 'Hm :[ or {so, but:\n{"a": [1]}', { a: [1] }],
    ['behind brackets in words', 'As [you asked] (see {this}):\n{"a": 1}', { a: 1 }],
    ['with trailing commas', '{"a": [1, 2,], "b": {"c": 3,},}', { a: [1, 2], b: { c: 3 } }],
    [
      'with comments',
      '{// who\n"a": 1, /* and\nwhat */ "b": "// no /* comment */"}',
      { a: 1, b: '// no /* comment */' },
    ],
    ['with odd spaces', '{\u00a0"a":\u200b1\u2003}', { a: 1 }],
    ['with fences in its texts', '{"code": "```json\\n{\\"x\\": 1}\\n```"}', { code: '```json\n{"x": 1}\n```' }],
    ['with brackets in its texts', '{"a": "]}", "b": "[{"}', { a: ']}', b: '[{' }],
    ['with every escape', '["\\"\\\\\\/\\b\\f\\n\\r\\t\\u0416\\ud83c\\udf88"]', ['"\\/\b\f\n\r\tЖ🎈']],
    ['that is a text alone', '"He said [1, 2]"', 'He said [1, 2]'],
    ['that is a number in a fence', 'The answer:\n```json\n-1.5e3\n```\nDone.', -1500],
    ['that is nothing', 'null', null],
    ['that is empty', '{}', {}],
    ['with the same name twice, of which JSON takes the last', '{"a": 1, "a": 2}', { a: 2 }],
  ])('is read %s', (_, answer, value) => expect(read(answer)).toEqual({ value }))

  it.each<[name: string, answer: string, fault: string]>([
    ['empty', ' \n', 'nothing'],
    ['words alone', 'I cannot do that.', 'nothing'],
    ['words in brackets', 'I cannot do that [sorry], {really}.', 'nothing'],
    ['words in quotes', '"No," she said.', 'nothing'],
    ['an object cut off behind a value', '{"a": 1, "b": [1, 2]', 'cut_off'],
    ['an object cut off in a text', '```json\n{"a": "The lamp was', 'cut_off'],
    ['an object cut off behind a backslash', '{"a": "\\', 'cut_off'],
    ['an object cut off in a number', '{"a": 12', 'cut_off'],
    ['an object cut off in a word', '{"a": tr', 'cut_off'],
    ['an object cut off behind a colon', '{"a":', 'cut_off'],
    ['an object cut off at its beginning', 'Here: {', 'cut_off'],
    ['a list cut off behind a whole object', '[{"a": 1},', 'cut_off'],
    ['an object cut off in a comment', '{"a": 1 /* and', 'cut_off'],
    ['an example, and the answer cut off', 'Like {"a": 1}: {"a": "b', 'cut_off'],
    ['a text cut off', '"The lamp', 'cut_off'],
    ['single quotes', "{'a': [1, 2]}", 'key'],
    ['single quotes that do not end', "{'a': [1, 2], 'b':", 'key'],
    ['names without quotes', '{name: [1, 2]', 'key'],
    ['curly quotes', '{“a”: [1]}', 'key'],
    ['a value without quotes', '{"a": yes, "b": [1]}', 'value'],
    ['a value without quotes in what does not end', '{"a": yes, "b": [1]', 'value'],
    ['a comma that is missing', '{"a": 1 "b": 2}', 'comma'],
    ['a comma too many', '[1,,2]', 'value'],
    ['a comma alone', '[,]', 'value'],
    ['a colon that is missing', '{"a" 1}', 'colon'],
    ['the wrong bracket', '[1}', 'comma'],
    ['a line break in a text', '{"a": "one\ntwo"}', 'text_line_break'],
    ['a tab in a text', '{"a": "one\ttwo"}', 'text_control'],
    ['an escape that there is none of', '{"a": "\\x41"}', 'text_escape'],
    ['a number that JSON has none of', '[.5]', 'value'],
    ['a number with a zero too many', '[007]', 'comma'],
    ['a number that no computer holds', '[1e999]', 'number'],
    ['what is not a number', '[NaN]', 'value'],
    ['the name that would change an object', '{"__proto__": {"a": 1}}', 'key'],
    ['too many lists in one another', '['.repeat(100_000), 'too_deep'],
  ])('is a fault: %s', (_, answer, fault) => expect(read(answer)).toBe(fault))

  it('says where the mistake is', () => {
    expect(readJson('Вот 🎈:\n  {"a": yes}')).toEqual({
      fault: { kind: 'broken', flaw: 'value', line: 2, column: 9, near: 'yes}' },
    })
    expect(readJson('Вот 🎈: {"a": "b')).toEqual({ fault: { kind: 'cut_off', line: 1, column: 8, near: '{"a": "b' } })
  })

  it('says where the value stands, so that the words around can be shown', () => {
    expect(readJson('So: [1] !')).toEqual({ value: [1], from: 4, to: 7 })
  })

  it('takes of several values the first that fits, else the longest', () => {
    const answer = 'Not [1, 2, 3, 4, 5], nor {"a": 1}, but {"b": 2} or {"b": 3}.'
    expect(read(answer, (value) => isObject(value) && 'b' in value)).toEqual({ value: { b: 2 } })
    expect(read(answer)).toEqual({ value: [1, 2, 3, 4, 5] })
    expect(read('First {"a": 1}, then {"a": oops, "b": "and so on"}')).toBe('value')
  })

  it('unwraps nothing: a list with one object stays a list', () => {
    expect(read('[{"a": 1}]', isObject)).toEqual({ value: [{ a: 1 }] })
  })

  it('takes no longer than its text is long', () => {
    const size = 60_000
    const started = performance.now()
    for (const piece of ['[', '{', '["a', '{"a":', '[1,', '```\n', '"\\', '{"a": yes} ', '[a] ', '/*', '// ['])
      readJson(piece.repeat(size / piece.length))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

const PIECES =
  '{ } [ ] , : " \' \\ ``` ```json\n /* */ // {"a":1} [1,2,] "b" "a": true nul - 1e5 1e999 \ufeff Ж \ud83c \\u00 word "__proto__"'
const pieces = fc.constantFrom(' ', '\n', ...PIECES.split(' '))

describe('any text at all', () => {
  it('comes to a value or a fault, and to nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const reading = readJson(parts.join(''))
        expect('value' in reading || 'fault' in reading).toBe(true)
      }),
      { numRuns: 400 }
    )
  })

  it('comes to no value that does not stand in it, sign by sign', () => {
    const withoutCommas = (text: string) => text.replace(/,\s*(?=[}\]])/g, '')
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"b"', '1', 'x', ' ', "'"), { maxLength: 25 }),
        (parts) => {
          const answer = parts.join('')
          const reading = readJson(answer)
          if (!('value' in reading)) return
          const stands = withoutCommas(answer.slice(reading.from, reading.to))
          expect(reading.value).toEqual(JSON.parse(stands))
        }
      ),
      { numRuns: 200 }
    )
  })
})
