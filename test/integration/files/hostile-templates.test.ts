import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVariable } from '@contract/entities/new-variable'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

let app: TestCore
beforeAll(async () => {
  app = await startTestCore()
})
afterAll(() => app.close())

const town = newVariable('text', 'town')

describe('a template made to do harm', () => {
  const wrapped = (template: unknown) => JSON.stringify({ fabula: 'configuration', version: 1, templates: [template] })
  const withContent = (part: object) => wrapped({ name: 'X', versions: [{ content: { user: 'Hi.', ...part } }] })
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const many = (count: number, item: unknown) => Array.from({ length: count }, () => item)

  it.each<[why: string, fileName: string, text: string, code: string]>([
    ['no versions', 'x.json', wrapped({ name: 'X', versions: [] }), 'file_invalid'],
    ['no name', 'x.json', wrapped({ name: ' ', versions: [{ content: { user: '' } }] }), 'file_invalid'],
    [
      'a name that cannot be seen',
      'x.json',
      wrapped({ name: '\u200b', versions: [{ content: { user: '' } }] }),
      'file_invalid',
    ],
    [
      'a long name',
      'x.json',
      wrapped({ name: 'x'.repeat(121), versions: [{ content: { user: '' } }] }),
      'file_invalid',
    ],
    ['a field that there is not', 'x.json', withContent({ run: 'rm -rf /' }), 'file_invalid'],
    ['a prototype', 'x.json', withContent({}).replace('"user"', '"__proto__":{"polluted":1},"user"'), 'file_invalid'],
    ['a constructor', 'x.json', withContent({ constructor: { prototype: 1 } }), 'file_invalid'],
    ['a variable of no type', 'x.json', withContent({ variables: [{ ...town, type: 'code' }] }), 'file_invalid'],
    ['a variable called by code', 'x.json', withContent({ variables: [{ ...town, name: 'a}}{{b' }] }), 'file_invalid'],
    ['two variables of one name', 'x.json', withContent({ variables: [town, town] }), 'file_invalid'],
    ['too many variables', 'x.json', withContent({ variables: many(101, town) }), 'file_invalid'],
    [
      'too many options',
      'x.json',
      withContent({ variables: [{ ...town, type: 'select', options: many(501, 'x') }] }),
      'file_invalid',
    ],
    [
      'too many versions',
      'x.json',
      wrapped({ name: 'X', versions: many(1001, { content: { user: '' } }) }),
      'file_invalid',
    ],
    [
      'too many templates',
      'x.json',
      JSON.stringify({
        fabula: 'configuration',
        version: 1,
        templates: many(10_001, { name: 'X', versions: [{ content: { user: '' } }] }),
      }),
      'file_invalid',
    ],
    [
      'two of one name',
      'x.json',
      wrapped(0).replace(
        '[0]',
        JSON.stringify([
          { name: 'a', versions: [{ content: { user: '' } }] },
          { name: 'A', versions: [{ content: { user: '' } }] },
        ])
      ),
      'file_invalid',
    ],
    ['a long text', 'x.json', withContent({ user: 'x'.repeat(60_001) }), 'file_invalid'],
    [
      'a deep schema',
      'x.json',
      withContent({ answer: 0 }).replace('"answer":0', `"answer":{"format":"json","schema":${deep(500)}}`),
      'file_invalid',
    ],
    ['a schema that is none', 'x.json', withContent({ answer: { format: 'json', schema: 'all' } }), 'file_invalid'],
    ['a role that is none', 'x.json', withContent({ model: { kind: 'role', role: '' } }), 'file_invalid'],
    [
      'settings that are not in the file',
      'x.json',
      withContent({ model: { kind: 'config', name: 'Nope' } }),
      'file_invalid',
    ],
    ['a key for a server', 'x.json', withContent({ settings: { tokenIds: ['x'] } }), 'file_invalid'],
    ['a thousand tries', 'x.json', withContent({ tries: 1000 }), 'file_invalid'],
    ['a long Jinja text', 'x.jinja', '{{ a }}'.repeat(10_000), 'file_too_large'],
    ['a huge Jinja text', 'x.jinja', 'x'.repeat(10_000_001), 'file_too_large'],
  ])('is refused, and nothing comes in: %s', async (_why, fileName, text, code) => {
    const before = await app.ask('templates.list', {})
    expect(await app.refusal('files.preview', { fileName, text })).toMatchObject({ code })
    expect(await app.refusal('files.import', { files: [{ fileName, text }] })).toMatchObject({ code })
    expect(await app.ask('templates.list', {})).toEqual(before)
  })

  it.each([
    ['nesting', '{{'.repeat(20_000)],
    ['brackets', `{{ ${'('.repeat(50_000)} }}`],
    ['quotes', `{{ "${'\\'.repeat(50_000)}`],
    ['loops', '{% for a in b %}'.repeat(3000)],
    ['a loop without an end', '{% for a in range(10**9) %}{% for b in range(10**9) %}x{% endfor %}{% endfor %}'],
    ['names', Array.from({ length: 3000 }, (_, at) => `{{ n${at}.x }}`).join('')],
  ])('of plain Jinja is read and not run: %s', async (_what, text) => {
    const plan = await app.ask('files.preview', { fileName: 'harm.jinja', text })
    expect(plan.items).toHaveLength(1)
  })
})
