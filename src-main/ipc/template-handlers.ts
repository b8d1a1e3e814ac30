import type { TemplateModel } from '@contract/entities/template'
import type { RouteOutput } from '@contract/routes'
import type { ParsedInput } from '@contract/routes'
import type { TemplateList } from '@main/features/templates/template-list'
import { storyVariables, type TemplatePrompts } from '@main/features/templates/template-prompts'
import type { TemplateEngine } from '@main/prompts/templates/template-engine'
import type { HandlersOf } from './router'

export const templateHandlers = (ports: {
  list: TemplateList
  prompts: TemplatePrompts
  engine: Pick<TemplateEngine, 'variablesOf'>
  model: (model: TemplateModel) => RouteOutput<'templates.model'>
  preview: (asked: ParsedInput<'templates.preview'>) => Promise<RouteOutput<'templates.preview'>>
}): HandlersOf<'templates'> => {
  const { list, prompts, engine, model: modelOf, preview } = ports
  return {
    'templates.list': ({ ids }) => list.list(ids),
    'templates.get': ({ id }) => list.get(id),
    'templates.create': (input) => list.create(input),
    'templates.update': ({ id, patch }) => list.update(id, patch),
    'templates.duplicate': ({ id }) => list.duplicate(id),
    'templates.delete': ({ id }) => {
      list.remove(id)
      return {}
    },
    'templates.keepDraft': ({ id, draft }) => {
      list.keepDraft(id, draft)
      return {}
    },
    'templates.save': ({ id, content, name, note }) => list.save(id, content, { name, note }),
    'templates.versions': ({ id }) => list.versions(id),
    'templates.version': ({ id, number }) => list.version(id, number),
    'templates.describeVersion': ({ id, number, name, note }) => {
      list.describeVersion(id, number, { name, note })
      return {}
    },
    'templates.restore': ({ id, number }) => list.restore(id, number),
    'templates.storyVariables': () => [...storyVariables],
    'templates.check': async ({ content }) => ({ problems: await prompts.check(content), ...prompts.names(content) }),
    'templates.model': ({ model }) => modelOf(model),
    'templates.variablesOf': ({ text }) => engine.variablesOf(text),
    'templates.preview': preview,
  }
}
