import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCore, type TestCore } from '@test/helpers/test-core'

let app: TestCore
beforeAll(async () => {
  app = await startTestCore()
})
afterAll(() => app.close())

describe('a plain Jinja text', () => {
  const plan = (fileName: string, text: string) => app.ask('files.preview', { fileName, text, language: 'en' })
  const taken = async (fileName: string, text: string) => {
    const { templates } = await app.ask('files.import', { files: [{ fileName, text }] })
    const [first] = templates
    if (!first) throw new Error('Nothing came in')
    return app.ask('templates.get', { id: first.id })
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
    expect(await plan('a.txt', 'Dear diary')).toMatchObject({ format: 'text' })
  })

  it('comes with many others at once, and those of one name get a number', async () => {
    const files = ['x/list.jinja', 'y/list.jinja', 'z/end.j2'].map((fileName) => ({
      fileName,
      text: `{{ a }} ${fileName}`,
    }))
    const { templates, undoId } = await app.ask('files.import', { files })
    expect(templates.map(({ name }) => name)).toEqual(['list', 'list (2)', 'end'])
    await app.ask('files.undo', { undoId })
    expect((await app.ask('templates.list', {})).map(({ name }) => name)).not.toContain('list (2)')
  })

  it('that asks for other files is taken in, and the check says so', async () => {
    const { content: says } = await taken('asks.jinja', '{% include "/etc/passwd" %}{% extends base %}{{ base }}')
    const { problems } = await app.ask('templates.check', { content: says })
    expect(problems.map(({ kind }) => kind)).toContain('no_files')
  })
})
