import { newVariable } from '@contract/entities/new-variable'
import {
  emptyContent,
  type InputVariable,
  type Template,
  type TemplateContent,
  type TemplateSummary,
} from '@contract/entities/template'
import { TemplateId } from '@contract/ids'
import { sameJson } from '@contract/json'
import type { Handlers } from '@test/component/in-memory-bridge'

const NOW = '2026-01-02T03:04:05.000Z'

export const idOf = (number: number): TemplateId =>
  TemplateId.parse(`01990000-0000-7000-8000-${String(number).padStart(12, '0')}`)

export const content = (part: Partial<TemplateContent> = {}): TemplateContent => ({ ...emptyContent, ...part })

export const textVariable = (name: string, part: Partial<InputVariable> = {}): InputVariable =>
  Object.assign(newVariable('text', name), part)

export const template = (number: number, name: string, part: Partial<Template> = {}): Template => ({
  id: idOf(number),
  name,
  description: '',
  group: 'other',
  starter: null,
  version: 1,
  generations: 0,
  createdAt: NOW,
  updatedAt: NOW,
  content: content(),
  draft: null,
  ...part,
})

interface Version {
  number: number
  name: string
  note: string
  createdAt: string | null
  content: TemplateContent
}

/** Templates as main keeps them, without its database. */
export function keptTemplates(first: readonly Template[], versions: Version[] = []): Handlers {
  const kept = new Map(first.map((each) => [each.id, each]))
  const found = (id: TemplateId) => kept.get(id) ?? template(0, 'gone')
  const put = (one: Template) => {
    kept.set(one.id, one)
    return one
  }
  const summary = ({ content: said, draft, ...rest }: Template): TemplateSummary => ({
    ...rest,
    format: said.answer.format,
    hasDraft: draft !== null,
  })
  return {
    'generations.lastInputs': () => null,
    'batches.list': () => [],
    'generations.list': () => ({ generations: [], hasMore: false }),
    'stories.list': () => [],
    'templates.list': () => [...kept.values()].map(summary).toSorted((a, b) => a.name.localeCompare(b.name)),
    'templates.get': ({ id }) => found(id),
    'templates.create': ({ name }) => put(template(900 + kept.size, name, { version: 0 })),
    'templates.update': ({ id, patch }) => put({ ...found(id), ...patch }),
    'templates.duplicate': ({ id }) => put({ ...found(id), id: idOf(800 + kept.size), name: `${found(id).name} (2)` }),
    'templates.delete': ({ id }) => {
      kept.delete(id)
      return {}
    },
    'templates.keepDraft': ({ id, draft }) => {
      const one = found(id)
      put({ ...one, draft: draft === null || sameJson(one.content, draft) ? null : draft })
      return {}
    },
    'templates.save': ({ id, content: said, name, note }) => {
      const number = (versions[0]?.number ?? found(id).version) + 1
      versions.unshift({ number, name, note, createdAt: NOW, content: said })
      return put({ ...found(id), content: said, draft: null, version: number })
    },
    'templates.versions': () => versions.map(({ content: _content, ...told }) => ({ ...told, generations: 0 })),
    'templates.version': ({ number }) => ({
      name: '',
      note: '',
      createdAt: NOW,
      content: content(),
      ...versions.find((each) => each.number === number),
      number,
      generations: 0,
    }),
    'templates.describeVersion': ({ number, name, note }) => {
      const at = versions.findIndex((each) => each.number === number)
      const before = versions[at]
      if (before) versions[at] = { ...before, name, note }
      return {}
    },
    'templates.restore': ({ id, number }) => {
      const said = versions.find((each) => each.number === number)?.content ?? content()
      return put({ ...found(id), content: said, draft: null, version: (versions[0]?.number ?? 0) + 1 })
    },
    'templates.storyVariables': () => [
      { name: 'lore', kind: 'section', help: { en: 'Lore of the scene.', ru: 'Лор сцены.' } },
      { name: 'story.title', kind: 'value', help: { en: 'The title of the story.', ru: 'Название истории.' } },
    ],
    'templates.check': () => ({ problems: [], missing: [], unused: [] }),
    'templates.model': () => ({ settings: null, error: null }),
    'templates.preview': () => ({
      messages: null,
      tokens: 0,
      window: null,
      provider: '',
      model: '',
      inputs: [],
      problems: [],
    }),
  }
}
