import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVariable } from '@contract/entities/new-variable'
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
  ...newVariable('text', 'town'),
  label: 'Город',
  help: 'Any.',
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

  const wrapped = (name: string, ...contents: object[]) => ({
    fileName: 'odd.json',
    text: JSON.stringify({
      fabula: 'configuration',
      version: 1,
      templates: [{ name, versions: contents.map((says) => ({ content: says })) }],
    }),
  })

  it('keeps a role that is not here, is answered by the Writer, and says so', async () => {
    const file = wrapped('Odd', { user: 'Hi.', model: { kind: 'role', role: 'seer' } })
    const changes = [{ item: 'Odd', kind: 'role', name: 'seer' }]
    expect(await there.ask('files.preview', file)).toMatchObject({ changes, missing: [] })
    expect(await importFile(there, file)).toMatchObject({ changes, dropped: [] })
    const { content: says } = await there.ask('templates.get', { id: await named(there, 'Odd') })
    expect(says.model).toEqual({ kind: 'role', role: 'seer' })
    expect(await there.ask('templates.model', { model: says.model })).toEqual(
      await there.ask('templates.model', { model: emptyContent.model })
    )
    expect((await there.ask('files.preview', file)).items).toMatchObject([{ conflict: 'same' }])
  })

  it('renames variables that could not be saved, in its texts too, and says so', async () => {
    const [places, list, stop] = ['places', 'places_2', 'as_user'].map((name) => ({ ...town, name }))
    const user = '{% for place in [1] %}{{ place }}{{ places }}{% endfor %}'
    const file = wrapped(
      'Old names',
      { user: '{{ places }} {{ places_2 }}{{ as_user }}', variables: [places, list, stop] },
      { user, system: '{{ style }}{{ places }}', variables: [places] }
    )
    const changes = [
      { item: 'Old names', kind: 'variable', name: 'places', now: 'places_3' },
      { item: 'Old names', kind: 'variable', name: 'as_user', now: 'as_user_2' },
      { item: 'Old names', kind: 'variable', name: 'places', now: 'places_2' },
    ]
    expect(await there.ask('files.preview', file)).toMatchObject({ changes })
    expect(await importFile(there, file)).toMatchObject({ changes })
    const id = await named(there, 'Old names')
    const { content: used } = await there.ask('templates.get', { id })
    expect(used).toMatchObject({ system: '{{ style }}{{ places_2 }}', user: user.replace('places', 'places_2') })
    const { content: earlier } = await there.ask('templates.version', { id, number: 1 })
    expect(earlier.user).toBe('{{ places_3 }} {{ places_2 }}{{ as_user }}')
    expect(earlier.variables.map(({ name }) => name)).toEqual(['places_3', 'places_2', 'as_user_2'])
    await there.ask('templates.save', { id, content: { ...earlier, tries: 7 } })
    expect((await there.ask('files.preview', wrapped('Fine', { user: '{{ places }}' }))).changes).toEqual([])
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
