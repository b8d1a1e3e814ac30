import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVariable } from '@contract/entities/new-variable'
import { emptyContent, type TemplateContent, type TemplateModel } from '@contract/entities/template'
import { InputVariable } from '@contract/entities/template'
import { RoleId } from '@contract/ids'
import { temporaryFolder } from '@test/helpers/temporary-folder'
import { startTestCore, type TestCore } from '@test/helpers/test-core'
import { demoSettings, presetWith, providerOf } from '@test/helpers/test-story'

const folder = temporaryFolder()
let app: TestCore

beforeAll(async () => {
  app = await startTestCore({ dataDir: folder.path })
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

const content = (user: string, more: Partial<TemplateContent> = {}): TemplateContent => ({
  ...emptyContent,
  user,
  ...more,
})
const town = InputVariable.parse({
  ...newVariable('text', 'town'),
  label: 'Town',
  sample: 'Ys',
  most: 20,
})

it('before there is a preset, says that there is no model yet', async () => {
  const { id } = await app.ask('templates.create', { name: 'First', content: content('Go.') })
  await expect(app.ask('generations.start', { templateId: id, inputs: {} })).rejects.toMatchObject({
    shape: { code: 'template_no_preset' },
  })
  expect(await app.ask('templates.model', { model: emptyContent.model })).toMatchObject({
    settings: null,
    error: { code: 'template_no_preset' },
  })
  expect(await app.ask('templates.preview', { content: content('Go.'), inputs: {} })).toMatchObject({
    model: '',
    messages: [{ role: 'user', content: 'Go.' }],
  })
})

it('says which model answers, and why none can: what is gone is replaced by no other', async () => {
  const settings = await demoSettings(app)
  const { id: providerId } = await providerOf(app, 'demo')
  const quick = { providerId, model: 'demo-novelist' }
  const { id: configId } = await app.ask('modelConfigs.create', { name: 'Quick', kind: 'chat', settings: quick })
  const of = (model: TemplateModel) => app.ask('templates.model', { model })
  expect(await of({ kind: 'config', id: configId })).toMatchObject({ settings: quick, error: null })
  await app.ask('modelConfigs.delete', { id: configId })
  const gone = { settings: null, error: { code: 'template_no_model' } }
  expect(await of({ kind: 'config', id: configId })).toMatchObject(gone)
  expect(await of({ kind: 'config', id: null })).toMatchObject(gone)

  const guard = { kind: 'role' as const, role: RoleId.parse('guard') }
  const preset = await presetWith(app, settings)
  await app.ask('presets.setDefault', { id: preset.id })
  expect(await of(guard)).toMatchObject({ settings: { model: settings.model }, error: null })
  const fallback = { ...preset.fallback, useMainForUnset: false }
  await app.ask('presets.update', { id: preset.id, patch: { fallback } })
  expect(await of(guard)).toMatchObject({ error: { code: 'role_without_model' } })
  expect(await of(emptyContent.model)).toMatchObject({ settings: { model: settings.model }, error: null })
})

describe('versions of a template', () => {
  it('are made by each save that says something else, and by none that does not', async () => {
    const { id, version } = await app.ask('templates.create', { name: 'Harbour', content: content('One.') })
    expect(version).toBe(1)
    expect((await app.ask('templates.save', { id, content: content('One.') })).version).toBe(1)
    await app.ask('templates.save', { id, content: content('Two.'), name: 'Shorter', note: 'As Anna asked.' })
    const versions = await app.ask('templates.versions', { id })
    expect(versions.map(({ number, name }) => [number, name])).toEqual([
      [2, 'Shorter'],
      [1, ''],
    ])
    expect((await app.ask('templates.version', { id, number: 1 })).content.user).toBe('One.')

    const restored = await app.ask('templates.restore', { id, number: 1 })
    expect(restored).toMatchObject({ version: 3, content: { user: 'One.' } })
    await app.ask('templates.describeVersion', { id, number: 1, name: 'First', note: '' })
    expect((await app.ask('templates.version', { id, number: 1 })).name).toBe('First')
    await expect(app.ask('templates.version', { id, number: 9 })).rejects.toMatchObject({
      shape: { code: 'not_found' },
    })
  })

  it('stand beside a draft that is kept, and that the next save takes in', async () => {
    const { id } = await app.ask('templates.create', { name: 'Pier', content: content('One.') })
    await app.ask('templates.keepDraft', { id, draft: content('Two') })
    expect(await app.ask('templates.get', { id })).toMatchObject({ content: { user: 'One.' }, draft: { user: 'Two' } })
    expect((await app.ask('templates.list', { ids: [id] }))[0]).toMatchObject({ hasDraft: true, format: 'text' })
    await app.ask('templates.keepDraft', { id, draft: content('One.') })
    expect((await app.ask('templates.get', { id })).draft).toBeNull()
    await app.ask('templates.keepDraft', { id, draft: content('Two') })
    expect(await app.ask('templates.save', { id, content: content('Two.') })).toMatchObject({ version: 2, draft: null })
  })
})

it('a name is taken once; a copy gets a number; what is deleted comes back with its versions', async () => {
  const { id } = await app.ask('templates.create', { name: 'Quay', content: content('One.') })
  await app.ask('templates.save', { id, content: content('Two.') })
  await expect(app.ask('templates.create', { name: 'QUAY' })).rejects.toMatchObject({ shape: { code: 'name_taken' } })
  expect((await app.ask('templates.duplicate', { id })).name).toBe('Quay (2)')

  await app.ask('templates.delete', { id })
  await expect(app.ask('templates.get', { id })).rejects.toMatchObject({ shape: { code: 'not_found' } })
  expect(await app.ask('bin.list', {})).toContainEqual(expect.objectContaining({ kind: 'template', id, name: 'Quay' }))
  await app.ask('templates.create', { name: 'Quay' })
  await app.ask('bin.restore', { kind: 'template', id })
  expect(await app.ask('templates.get', { id })).toMatchObject({ name: 'Quay (3)', version: 2 })
  expect(await app.ask('templates.versions', { id })).toHaveLength(2)
})

it('a variable has a name that nothing else in a template has', async () => {
  const { id } = await app.ask('templates.create', { name: 'Mole' })
  const named = (name: string) => [{ ...town, name }]
  for (const variables of [...['as_user', 'lore', 'selection', 'range', 'loop', 'not'].map(named), [town, town]])
    await expect(app.ask('templates.save', { id, content: content('Go.', { variables }) })).rejects.toMatchObject({
      shape: { code: 'name_taken', details: { path: `content.variables.${variables.length - 1}.name` } },
    })
  expect(await app.ask('templates.versions', { id })).toEqual([])
})

it('a template that was never saved has no version, and says so where it is used', async () => {
  const { id, version } = await app.ask('templates.create', { name: 'Groyne' })
  expect(version).toBe(0)
  await app.ask('templates.keepDraft', { id, draft: content('Go.') })
  await expect(app.ask('generations.start', { templateId: id, inputs: {} })).rejects.toMatchObject({
    shape: { code: 'template_no_version', details: { name: 'Groyne' } },
  })
  expect(await app.ask('templates.duplicate', { id })).toMatchObject({ name: 'Groyne (2)', version: 0 })
  const { text } = await app.ask('files.export', { what: 'templates', ids: [id] })
  expect(JSON.parse(text)).toMatchObject({ templates: [{ name: 'Groyne', versions: [{ content: { user: '' } }] }] })
  expect(await app.ask('templates.save', { id, content: content('Go.') })).toMatchObject({ version: 1, draft: null })
  expect((await app.ask('templates.versions', { id })).map(({ number }) => number)).toEqual([1])
})

describe('what a template says', () => {
  it('is checked in both of its texts, against its own variables and those of a story', async () => {
    const written = content('Go to {{ town }}, {{ who }}.\n{{ town | nope }}', {
      system: 'Write in {{ language }}. {% set mood = "grey" %}{{ recent_text | upper }}',
      variables: [town],
    })
    const { problems, missing, unused } = await app.ask('templates.check', { content: written })
    expect(problems.map(({ part, kind, name, line }) => [part, kind, name, line])).toEqual([
      ['system', 'changed_section', 'recent_text', 1],
      ['user', 'undefined', 'who', 1],
      ['user', 'unknown_filter', 'nope', 2],
    ])
    expect([missing, unused]).toEqual([['who'], []])
    const other = content('{{ mood }}', { system: '{% set mood = "grey" %}', variables: [town] })
    expect(await app.ask('templates.check', { content: other })).toEqual({
      problems: [],
      missing: [],
      unused: ['town'],
    })
    const changed = content('{% set town = town.upper() %}{{ town }}', { variables: [town] })
    expect(await app.ask('templates.check', { content: changed })).toEqual({ problems: [], missing: [], unused: [] })
    const lenient = content('{{ who }}', { lenient: true })
    expect((await app.ask('templates.check', { content: lenient })).problems).toEqual([])
    expect(
      await app.ask('templates.variablesOf', { text: '{% for a in ships %}{{ a }}{% endfor %}{{ sea.name }}' })
    ).toEqual(['ships', 'sea.name'])
  })

  it('is previewed with samples, with the story, and with what is wrong with its values', async () => {
    const preset = await presetWith(app, await demoSettings(app))
    const story = await app.ask('stories.create', { language: 'en', title: 'Fog', presetId: preset.id })
    await app.turn({ storyId: story.id, kind: 'send', text: 'The gulls are gone.' })
    const written = content('Go to {{ town.upper() }} with "{{ selection }}".', {
      system: '{{ story.title }} in {{ language }}.{% if recent_text %}\nSo far:\n{{ recent_text }}{% endif %}',
      variables: [town],
    })
    const sampled = await app.ask('templates.preview', { content: written, inputs: {}, samples: true })
    expect(sampled.messages).toEqual([
      { role: 'system', content: 'in English.' },
      { role: 'user', content: 'Go to YS with "".' },
    ])
    expect(sampled.inputs).toEqual([])
    const asked = { content: written, storyId: story.id, selection: 'gulls' }
    const told = await app.ask('templates.preview', { ...asked, inputs: { town: 'Brest' } })
    expect(told.messages?.[0]?.content).toMatch(/^Fog in English\.\nSo far:\nThe gulls are gone\.\n\n./)
    expect(told.messages?.[1]).toEqual({ role: 'user', content: 'Go to BREST with "gulls".' })
    expect(told).toMatchObject({ provider: 'Demo', problems: [] })
    expect(told.tokens).toBeGreaterThan(20)

    const long = await app.ask('templates.preview', { ...asked, inputs: { town: 'x'.repeat(21), sea: 1 } })
    expect(long.inputs).toEqual([
      { name: 'sea', kind: 'unknown', limit: null },
      { name: 'town', kind: 'too_long', limit: 20 },
    ])
    const nothing = await app.ask('templates.preview', { ...asked, inputs: {} })
    expect(nothing.inputs).toEqual([{ name: 'town', kind: 'missing', limit: null }])
    const broken = await app.ask('templates.preview', { ...asked, content: content('{% if %}'), inputs: {} })
    expect(broken).toMatchObject({ messages: null, problems: [{ kind: 'syntax', part: 'user', line: 1 }] })
  })
})
