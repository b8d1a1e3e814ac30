import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyContent, InputVariable, type TemplateContent } from '@contract/entities/template'
import type { TemplateId } from '@contract/ids'
import { nameKey } from '@contract/names'
import { Name } from '@contract/values'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { providerOf } from '@test/helpers/test-story'
import { exportAll, expectToFitSchema, importFile } from '@test/integration/files/configuration'

let here: TestCore
let there: TestCore
beforeAll(async () => {
  ;[here, there] = await Promise.all([startTestCore(), startTestCore()])
})
afterAll(() => Promise.all([here.close(), there.close()]))

const town = InputVariable.parse({
  type: 'text',
  name: 'town',
  label: 'Город',
  help: 'Any.',
  required: true,
  default: '',
  sample: 'Ys',
  least: 1,
  most: 20,
  pattern: '[A-Z].*',
})
const content = (user: string, more: Partial<TemplateContent> = {}): TemplateContent => ({
  ...emptyContent,
  user,
  ...more,
})
/** All that a template says, without what belongs to one computer. */
async function saying(app: TestCore, id: TemplateId) {
  const { name, description, group, version } = await app.ask('templates.get', { id })
  const versions = await app.ask('templates.versions', { id })
  const told = await Promise.all(versions.map(({ number }) => app.ask('templates.version', { id, number })))
  return {
    name,
    description,
    group,
    version,
    versions: told.map(({ number, name: called, note, createdAt, content: says }) => ({
      number,
      called,
      note,
      createdAt,
      content: { ...says, model: says.model.kind },
    })),
  }
}
async function made(app: TestCore, name: string) {
  const demo = await providerOf(app, 'demo')
  const settings = { providerId: demo.id, model: 'demo-novelist', samplers: { temperature: 0.4 } }
  const config = await app.ask('modelConfigs.create', { name: `Fast ${name}`, kind: 'chat', settings })
  const { id } = await app.ask('templates.create', {
    name,
    description: 'A port.',
    group: 'world',
    content: content('Name {{ town }}.', { variables: [town] }),
  })
  const schema = { type: 'object', properties: { secret: { type: 'string' } }, required: ['secret'] }
  await app.ask('templates.save', {
    id,
    name: 'Better',
    note: 'As Анна asked.',
    content: content('Name it: {{ town }}.', {
      variables: [town],
      system: '{% if lore %}{{ lore }}{% endif %}',
      answer: { format: 'json', schema },
      becomes: { kind: 'place', fields: { description: 'secret' } },
      model: { kind: 'config', id: config.id },
      settings: { samplers: { temperature: 1 } },
      tries: 5,
      lenient: true,
    }),
  })
  await app.ask('templates.keepDraft', { id, draft: content('Not yet.') })
  return id
}
const written = (app: TestCore, id: TemplateId, versions: 'all' | 'used' = 'all') =>
  app.ask('files.export', { what: 'templates', ids: [id], versions })
const named = async (app: TestCore, name: string) => {
  const found = (await app.ask('templates.list', {})).find((one) => one.name === name)
  if (!found) throw new Error(`There is no ${name}`)
  return found.id
}

describe('a template in a file', () => {
  it('comes out elsewhere with all its versions and what it stands on, and without its draft', async () => {
    const id = await made(here, 'Порт')
    const file = await written(here, id)
    expectToFitSchema(file)
    expect(file.fileName).toBe('Порт.fabula.json')
    expect(file.text).not.toContain('Not yet')
    const plan = await there.ask('files.preview', file)
    expect(plan).toMatchObject({ format: 'fabula', missing: [] })
    expect(plan.items).toContainEqual(
      expect.objectContaining({ kind: 'template', name: 'Порт', conflict: null, holds: { variables: 1, versions: 2 } })
    )
    const report = await importFile(there, file)
    expect(report).toMatchObject({ templates: [{ name: 'Порт' }], modelConfigs: [{ name: 'Fast Порт' }], dropped: [] })
    const copy = await named(there, 'Порт')
    expect(await saying(there, copy)).toEqual(await saying(here, id))
    expect((await there.ask('templates.get', { id: copy })).draft).toBeNull()
    expect((await written(there, copy)).text).toBe(file.text)
    expect((await here.ask('files.preview', file)).items.map(({ conflict }) => conflict)).toEqual(['same', 'same'])

    await there.ask('files.undo', { undoId: report.undoId })
    await expect(named(there, 'Порт')).rejects.toThrow('no Порт')
    expect(await there.ask('bin.list', {})).toEqual([])
  })

  it('can go with the version that is used alone', async () => {
    const id = await made(here, 'Used')
    const file = await written(here, id, 'used')
    await importFile(there, file)
    const copy = await saying(there, await named(there, 'Used'))
    expect(copy.versions).toHaveLength(1)
    expect(copy.versions[0]).toMatchObject({ number: 1, called: 'Better', content: { tries: 5 } })
    expect((await here.ask('files.preview', file)).items.map(({ conflict }) => conflict)).toEqual(['same', 'same'])
  })

  it('is kept beside the one that is here, left out, or put over it with the history of both; and taken back', async () => {
    const id = await made(here, 'Quay')
    await importFile(there, await written(here, id))
    await here.ask('templates.save', { id, content: content('Third.') })
    const newer = await written(here, id)
    const mine = await named(there, 'Quay')
    await there.ask('templates.keepDraft', { id: mine, draft: content('Mine.') })
    const before = await there.ask('templates.get', { id: mine })
    const choose = (choice: 'keep_both' | 'replace' | 'skip') =>
      importFile(there, newer, { conflicts: { 'template:Quay': choice } })

    expect(await choose('skip')).toMatchObject({ skipped: 1, templates: [] })
    expect(await choose('keep_both')).toMatchObject({ templates: [{ name: 'Quay (2)' }] })
    const { undoId, replaced } = await choose('replace')
    expect(replaced).toBe(1)
    expect(await there.ask('templates.get', { id: mine })).toMatchObject({
      version: 3,
      content: { user: 'Third.' },
      draft: { user: 'Mine.' },
    })
    await there.ask('files.undo', { undoId })
    expect(await there.ask('templates.get', { id: mine })).toEqual(before)
    expect(await there.ask('templates.versions', { id: mine })).toHaveLength(2)

    const again = await choose('replace')
    await there.ask('templates.update', { id: mine, patch: { description: 'Changed.' } })
    expect(await there.refusal('files.undo', { undoId: again.undoId })).toMatchObject({ code: 'undo_gone' })
  })

  it('of the starter set travels as it is spoken, and with the whole configuration only once it is the user’s own', async () => {
    const id = await named(here, 'Character')
    expect((await exportAll(here)).text).not.toContain('"Character"')
    expect(JSON.parse((await written(here, id)).text)).toMatchObject({
      templates: [{ name: 'Character', group: 'world' }],
    })
    const { content: brought } = await here.ask('templates.get', { id })
    await here.ask('templates.save', { id, content: { ...brought, tries: 4 } })
    const { text } = await exportAll(here)
    expect(text).toContain('"Character"')
    expect(text).toContain('"Quay"')
    await there.ask('files.import', {
      files: [{ text, fileName: 'all.fabula.json' }],
      choices: { conflicts: { 'template:Character': 'replace' } },
    })
    const theirs = await there.ask('templates.get', { id: await named(there, 'Character') })
    expect(theirs).toMatchObject({ starter: 'character', version: 1, content: { tries: 4 } })
  })

  it('takes a role that is not here as the Writer, and says so', async () => {
    const file = {
      fabula: 'configuration',
      version: 1,
      templates: [{ name: 'Odd', versions: [{ content: { user: 'Hi.', model: { kind: 'role', role: 'seer' } } }] }],
    }
    const report = await importFile(there, { fileName: 'odd.json', text: JSON.stringify(file) })
    expect(report.dropped).toEqual([{ item: 'Odd', kind: 'role', name: 'seer' }])
    const { content: says } = await there.ask('templates.get', { id: await named(there, 'Odd') })
    expect(says).toEqual(content('Hi.'))
  })

  it('keeps whatever it is called', async () => {
    const [from, to] = await Promise.all([startTestCore(), startTestCore()])
    const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 120 }), fc.string({ unit: 'grapheme', maxLength: 40 }))
    const names = fc.sample(
      odd.filter((one) => Name.safeParse(one).success),
      { numRuns: 25, seed: 11 }
    )
    for (const name of new Map(names.map((one) => [nameKey(one), one])).values())
      await from.ask('templates.create', { name, content: content(name) })
    const file = await exportAll(from)
    await importFile(to, file)
    expect((await exportAll(to)).text).toBe(file.text)
    expect(JSON.parse(file.text).templates.length).toBeGreaterThan(20)
    await Promise.all([from.close(), to.close()])
  })
})

describe('a plain Jinja text', () => {
  const plan = (fileName: string, text: string) => here.ask('files.preview', { fileName, text, language: 'en' })
  const taken = async (fileName: string, text: string) => {
    const { templates } = await here.ask('files.import', { files: [{ fileName, text }] })
    const [first] = templates
    if (!first) throw new Error('Nothing came in')
    return here.ask('templates.get', { id: first.id })
  }

  it('becomes a template, called as its file, that asks for what it uses', async () => {
    const text = [
      '\ufeffYou know {{ lore }}.\r',
      '{{ as_user }}',
      '{% set mood = "grey" %}{% for ship in ships %}{{ loop.index }} {{ ship }} {{ mood }}{% endfor %}',
      '{{ town.upper() }} of {{ duke.name }} and {{ duke.age }}, {{ range(3) }}, {{ story.title }}',
    ].join('\n')
    expect(await plan('prompts/harbour.en.jinja', text)).toMatchObject({
      format: 'jinja',
      items: [{ kind: 'template', name: 'harbour.en', conflict: null, holds: { variables: 3, versions: 1 } }],
    })
    const { name, content: says } = await taken('prompts/harbour.en.jinja', text)
    expect(name).toBe('harbour.en')
    expect(says.system).toBe('You know {{ lore }}.')
    expect(says.user).toMatch(/^\{% set mood/)
    expect(says.variables.map((one) => [one.type, one.name, one.help])).toEqual([
      ['list', 'ships', ''],
      ['text', 'town', ''],
      ['text', 'duke', expect.stringContaining('duke.name, duke.age')],
    ])
  })

  it('is told by its ending, or by what it says in a text file', async () => {
    for (const fileName of ['a.j2', 'a.jinja2', 'a.txt.jinja', 'a.md'])
      expect((await plan(fileName, 'Go to {{ town }}.')).items[0]?.name).toBe('a')
    expect(await plan('empty.jinja', '')).toMatchObject({ items: [{ name: 'empty' }] })
    expect(await here.refusal('files.preview', { fileName: 'a.txt', text: 'Dear diary' })).toMatchObject({
      code: 'file_not_json',
    })
  })

  it('comes with many others at once, and those of one name get a number', async () => {
    const files = ['x/list.jinja', 'y/list.jinja', 'z/end.j2'].map((fileName) => ({
      fileName,
      text: `{{ a }} ${fileName}`,
    }))
    const { templates, undoId } = await here.ask('files.import', { files })
    expect(templates.map(({ name }) => name)).toEqual(['list', 'list (2)', 'end'])
    await here.ask('files.undo', { undoId })
    await expect(named(here, 'list (2)')).rejects.toThrow('no list (2)')
  })

  it('that asks for other files is taken in, and the check says so', async () => {
    const { content: says } = await taken('asks.jinja', '{% include "/etc/passwd" %}{% extends base %}{{ base }}')
    const { problems } = await here.ask('templates.check', { content: says })
    expect(problems.map(({ kind }) => kind)).toContain('no_files')
  })
})

describe('a file made to do harm', () => {
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
    const before = await there.ask('templates.list', {})
    expect(await there.refusal('files.preview', { fileName, text })).toMatchObject({ code })
    expect(await there.refusal('files.import', { files: [{ fileName, text }] })).toMatchObject({ code })
    expect(await there.ask('templates.list', {})).toEqual(before)
  })

  it.each([
    ['nesting', '{{'.repeat(20_000)],
    ['brackets', `{{ ${'('.repeat(50_000)} }}`],
    ['quotes', `{{ "${'\\'.repeat(50_000)}`],
    ['loops', '{% for a in b %}'.repeat(3000)],
    ['a loop without an end', '{% for a in range(10**9) %}{% for b in range(10**9) %}x{% endfor %}{% endfor %}'],
    ['names', Array.from({ length: 3000 }, (_, at) => `{{ n${at}.x }}`).join('')],
  ])('of plain Jinja is read and not run: %s', async (_what, text) => {
    const plan = await there.ask('files.preview', { fileName: 'harm.jinja', text })
    expect(plan.items).toHaveLength(1)
  })
})
