import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TemplateVariable } from '@contract/entities/template-text'
import { FabulaError } from '@contract/errors'
import { RoleId } from '@contract/ids'
import { templateFilters, templateFunctions, templateTests } from '@contract/template-language'
import type { JsonObject } from '@contract/values'
import { createTemplateEngine, type TemplateEngine } from '@main/prompts/templates/template-engine'
import { createTemplateWorker, type TemplateWorker } from '@main/workers/template-worker'

let worker: TemplateWorker
let engine: TemplateEngine
beforeAll(() => {
  worker = createTemplateWorker()
  worker.warm()
  engine = createTemplateEngine(worker)
})
afterAll(() => worker.close())

const help = { en: '', ru: '' }
const known: TemplateVariable[] = [
  { name: 'story.title', kind: 'value', help },
  { name: 'language', kind: 'value', help },
  { name: 'lore', kind: 'section', help },
]
const failure = async (source: string, variables: JsonObject = {}) =>
  engine.render(source, variables, { role: RoleId.parse('main') }).then(
    (text) => ({ text }),
    (error: unknown) => (error instanceof FabulaError ? { code: error.code, ...error.details } : { error })
  )
const problems = async (source: string) =>
  (await engine.check(source, known)).map(({ kind, line, column, length, name }) => [kind, line, column, length, name])

describe('a template', () => {
  it.each<[source: string, variables: JsonObject, text: string]>([
    ['{{ story.title }}\n', { story: { title: 'Лампа <b>&' } }, 'Лампа <b>&\n'],
    [
      '{% for name in names %}{{ loop.index }}. {{ name|title }}\n{% endfor %}',
      { names: ['ann', 'bo'] },
      '1. Ann\n2. Bo\n',
    ],
    ['{% if a and not b %}x{% elif b %}y{% else %}z{% endif %}', { a: true, b: '' }, 'x'],
    ['a  {%- if true -%}  b  {%- endif %}', {}, 'ab'],
    ['{% macro hi(who="you") %}Hi, {{ who }}!{% endmacro %}{{ hi() }}{{ hi("me") }}', {}, 'Hi, you!Hi, me!'],
    ['{{ missing|default("none") }}{% if missing is defined %}!{% endif %}', {}, 'none'],
    ['{% raw %}{{ x }}{% endraw %}{# a note #}', {}, '{{ x }}'],
    ['{{ "{{ not read again }}" }}{{ text }}', { text: '{{ text }}' }, '{{ not read again }}{{ text }}'],
    ['{{ name.upper() }} {{ "a-b".split("-")|join("+") }}', { name: 'ann' }, 'ANN a+b'],
  ])('%j', async (source, variables, text) => {
    expect(await engine.render(source, variables)).toBe(text)
  })

  it('says where its mistake is, in units that an editor counts in', async () => {
    expect(await failure('One.\nТри 🎈 {{ missing }}', {})).toMatchObject({
      code: 'template_undefined',
      role: 'main',
      name: 'missing',
      line: 2,
      column: 11,
    })
    expect(await failure('a\r\nb {% if %}')).toMatchObject({ code: 'template_syntax', line: 2 })
    expect(await failure('{{ 1|nonsense }}')).toMatchObject({ code: 'template_faulty', line: 1, column: 6 })
  })

  it.each([
    '{% include "/etc/passwd" %}',
    '{% extends "../secrets" %}',
    '{% import "x" as x %}{{ x.y() }}',
    '{{ story.constructor.constructor("return process")() }}',
    '{{ story.__proto__ }}',
    '{{ debug() }}',
  ])('reaches nothing outside itself: %s', async (source) => {
    expect(await failure(source, { story: { title: 'T' } })).toHaveProperty('code')
  })

  // More of what goes too far: jinja.test.ts.
  it('is given up when it goes too far, and the next one works', async () => {
    expect(await failure('{{ "a" * 1000000000 }}')).toEqual({ code: 'template_too_costly', role: 'main' })
    expect(await engine.render('{{ a }}', { a: 1 })).toBe('1')
  })

  it.each([`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, '{% if a %}'.repeat(5000)])(
    'that is nested too deep is refused as it is read',
    async (source) => expect(await failure(source)).toMatchObject({ code: 'template_syntax' })
  )

  it('is not waited for once its asker is gone', async () => {
    const gone = new AbortController()
    const slow = engine.render(
      '{% set a = range(99999)|list %}{% for i in a %}{% if i in a %}{% endif %}{% endfor %}',
      {}
    )
    const waiting = engine.render('x', {}, { signal: gone.signal })
    gone.abort(new Error('gone'))
    await expect(waiting).rejects.toThrow('gone')
    await expect(slow).rejects.toMatchObject({ code: 'template_too_costly' })
    await expect(engine.render('x', {}, { signal: gone.signal })).rejects.toThrow('gone')
  })

  it('knows every filter, test and function that an editor offers', async () => {
    for (const name of templateFilters)
      expect(await failure(`{{ "1"|${name} }}`)).not.toMatchObject({
        reason: expect.stringContaining('unknown filter'),
      })
    for (const name of templateTests)
      expect(await failure(`{{ "1" is ${name} }}`)).not.toMatchObject({
        reason: expect.stringContaining('unknown test'),
      })
    for (const name of templateFunctions)
      expect(await failure(`{{ ${name}() }}`)).not.toMatchObject({
        reason: expect.stringContaining('unknown function'),
      })
  })
})

describe('the check of a template', () => {
  it.each([
    '{{ story.title }} {{ language|upper }} {% if lore %}{{ lore }}{% endif %}',
    '{% set a = 1 %}{{ a }}{% for k, v in {"a": {"b": 1}}|items %}{{ k ~ v.b }}{{ loop.last }}{% endfor %}',
    '{% macro m(x, y=language) %}{{ x + y }}{% endmacro %}{{ m(1, y=2) }}{% with z = 1 %}{{ z }}{% endwith %}',
    '{{ maybe|default("") }}{% if maybe is defined %}{{ maybe }}{% endif %}{# {{ nothing }} #}{% raw %}{{ no }}{% endraw %}',
    '{% filter upper %}a{% endfilter %}{% set t %}x{% endset %}{{ t }}{{ range(3)|join }}{{ story.title.upper() }}',
    '{{- "}}" -}}',
  ])('finds nothing in %s', async (source) => expect(await problems(source)).toEqual([]))

  it.each<[source: string, found: (string | number | null)[][]]>([
    ['{{ story.titel }}', [['undefined', 1, 4, 11, 'story.titel']]],
    [
      'x\n {{ nope }} {{ language|uper }}',
      [
        ['undefined', 2, 5, 4, 'nope'],
        ['unknown_filter', 2, 25, 4, 'uper'],
      ],
    ],
    ['{% if language is odder %}{% endif %}', [['unknown_test', 1, 19, 5, 'odder']]],
    ['{{ now() }}', [['unknown_function', 1, 4, 3, 'now']]],
    [
      '{{ lore|upper }}{% for l in lore %}{% endfor %}',
      [
        ['changed_section', 1, 4, 4, 'lore'],
        ['changed_section', 1, 29, 4, 'lore'],
      ],
    ],
    ['{% include "a" %}', [['no_files', 1, 4, 7, 'include']]],
    ['{{ a b }}', [['syntax', 1, 6, 1, null]]],
    ['{% if language %}', [['syntax', 1, 16, 2, null]]],
  ])('finds what is wrong in %j', async (source, found) => expect(await problems(source)).toEqual(found))

  it.each([
    // What the renderer translates (components/template-message.ts), as this version of the engine says it.
    ['{{ (a }}', 'syntax error: unexpected `}`, expected `)`'],
    ['{{ language b }}', 'syntax error: unexpected identifier, expected end of variable block'],
    ['{% if language == %}x{% endif %}', 'syntax error: unexpected end of block'],
    ['{{ "', 'syntax error: unexpected end of string'],
    ['{#', 'syntax error: unexpected end of comment'],
    ['{% endfor %}', 'syntax error: unknown statement endfor'],
    ['{% if language %}', 'syntax error: unexpected end of input, expected end of block'],
    ['{{ $a }}', 'syntax error: unexpected character'],
  ])('says of %s: %s', async (source, message) => {
    expect((await engine.check(source, known))[0]?.message).toBe(message)
  })

  it('answers for any text, however broken', async () => {
    for (const source of [
      '{{',
      '{%',
      '{#',
      '{{ "',
      "{{ '",
      '{% raw',
      '{{ {',
      '}}',
      '{{ a.',
      '{% set',
      '{% for',
      '{% macro',
      '{{-}}',
      '{%--%}',
    ])
      expect(await engine.check(source, known)).toBeInstanceOf(Array)
  })
})

it('the variables of a template are those that it does not make itself', () => {
  expect(
    engine.variablesOf('{{ b }}{% set x = a.c %}{{ x }}{% for i in list %}{{ i ~ b }}{% endfor %}{{ f(b) }}')
  ).toEqual(['b', 'a.c', 'list'])
})
