import { LONGEST_NAME } from '@contract/names'
import { InputVariable, type TemplateContent } from '@contract/entities/template'
import { LONGEST_TEMPLATE } from '@contract/entities/template-text'
import type { ModelConfigId, TemplateId } from '@contract/ids'
import { LONGEST_DESCRIPTION } from './configuration-file'
import type { Mask } from './mask'
import type { FileContent, FileTemplate } from './template-file'
import { versionsInOrder, type TemplateShelf } from './template-shelf'

/** Which versions of a template go into a file. */
export type VersionsAsked = 'all' | 'used'

/** A template as it travels: without secrets, and without what is being written. */
export function writtenTemplate(
  { mask, shelf, configName }: { mask: Mask; shelf: TemplateShelf; configName: (id: ModelConfigId) => string | null },
  id: TemplateId,
  name: string,
  asked: VersionsAsked
): FileTemplate {
  const { description, group } = shelf.get(id)
  const all = versionsInOrder(shelf, id)
  const contentOf = ({ system, user, variables, model, settings, ...rest }: TemplateContent): FileContent => {
    const { samplers, custom, settings: own, ...limits } = settings
    return {
      ...rest,
      system: mask.free(system, LONGEST_TEMPLATE),
      user: mask.free(user, LONGEST_TEMPLATE),
      variables: variables.map((variable) => InputVariable.parse(mask.freeFields(variable))),
      model: model.kind === 'role' ? model : { kind: 'config', name: model.id === null ? null : configName(model.id) },
      settings: {
        ...limits,
        ...(samplers ? { samplers: mask.declared(samplers) } : {}),
        ...(custom ? { custom: mask.freeFields(custom) } : {}),
        ...(own ? { settings: mask.declared(own) } : {}),
      },
    }
  }
  return {
    name,
    description: mask.free(description, LONGEST_DESCRIPTION),
    group,
    versions: (asked === 'used' ? all.slice(-1) : all).map(({ name: called, note, createdAt, content }) => ({
      name: mask.free(called, LONGEST_NAME),
      note: mask.free(note, 10_000),
      ...(createdAt === null ? {} : { createdAt }),
      content: contentOf(content),
    })),
  }
}
