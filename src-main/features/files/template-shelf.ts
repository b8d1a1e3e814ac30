import type { Template, TemplateContent, TemplateSummary, TemplateVersion } from '@contract/entities/template'
import type { TemplateId } from '@contract/ids'

/** The templates that are here, as they are called and what they say in the language of the app. */
export interface TemplateShelf {
  list(): readonly TemplateSummary[]
  get(id: TemplateId): Template
  /** The newest first. */
  versions(id: TemplateId): readonly TemplateVersion[]
  version(id: TemplateId, number: number): TemplateVersion & { content: TemplateContent }
}

/** The versions of a template as they travel: in the order in which they were made, the one that is used last. */
export function versionsInOrder(
  shelf: TemplateShelf,
  id: TemplateId
): readonly (TemplateVersion & { content: TemplateContent })[] {
  const { version: used } = shelf.get(id)
  const numbers = shelf
    .versions(id)
    .map(({ number }) => number)
    .filter((number) => number > 0 && number !== used)
    .toSorted((a, b) => a - b)
  return [...numbers, used].map((number) => shelf.version(id, number))
}
