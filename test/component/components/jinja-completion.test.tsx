import { CompletionContext } from '@codemirror/autocomplete'
import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'
import { jinjaCompletion } from '@renderer/components/code-editor/jinja-completion'

const complete = jinjaCompletion([
  { name: 'town', help: 'Where it happens' },
  { name: 'story.title', help: 'The title' },
])

/** What is offered at the end of a text: some of its kind stand for all. */
async function offered(text: string): Promise<{ labels: string[]; from: number } | null> {
  const context = new CompletionContext(EditorState.create({ doc: text }), text.length, true)
  const result = await complete(context)
  return result && { labels: result.options.map(({ label }) => label), from: result.from }
}

it.each([
  ['{{ ', ['town', 'story.title', 'range']],
  ['{{- to', ['town']],
  ['{{ story.ti', ['story.title']],
  ['{{ "it\\"s }}" ~ ', ['town']],
  ['{{ 1 - ', ['town']],
  ['{% if ', ['town']],
  ['{% if not ', ['town']],
  ['{% for a in ', ['town']],
  ['a {# {{ #} b {{ f(', ['town']],
  ['{{ town | up', ['upper', 'default']],
  ['{{ town |', ['upper']],
  ['{% if town is ', ['defined']],
  ['{% if town is not de', ['defined']],
  ['{%- ', ['if', 'endfor']],
  ['{% fo', ['for']],
])('Behind %s the editor offers %s', async (text, names) => {
  expect((await offered(text))?.labels).toEqual(expect.arrayContaining(names))
})

it.each(['', 'town', '{{ town }} to', '{{ "to', "{{ 'its to", '{{ town ', '{{ f(town) ', '{# {{ to', '{% raw %}{{ to'])(
  'Behind %s it offers nothing',
  async (text) => {
    expect(await offered(text)).toBeNull()
  }
)

it('A path is completed as one name', async () => {
  expect((await offered('{{ story.ti'))?.from).toBe(3)
})
