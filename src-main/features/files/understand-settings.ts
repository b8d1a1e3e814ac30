import type { ImportPlan } from '@contract/routes/files'
import type { Stores } from '@main/data/stores'
import type { Redactor } from '@main/platform/redact'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import type { ParsedChoices } from './import-settings'
import type { ReadSettings } from './read-file'
import { templatesIn } from './recognise-foreign'
import { resolveImport, type Resolution } from './resolve-import'
import { translateForeign } from './translate-foreign'
import { templateFromText } from './template-from-text'
import type { TemplateShelf } from './template-shelf'
import { understandTemplates } from './understand-templates'

/** A file of settings, and what finds out what it comes to here. */
export interface UnderstoodSettings extends Pick<ImportPlan, 'format' | 'templates' | 'losses' | 'needsModel'> {
  resolve: () => Resolution
}

/** What a file of settings is, whichever program it is from. */
export function understandSettings(
  ports: {
    stores: Stores
    directory: ProviderDirectory
    roles: RoleRegistry
    redactor: Redactor
    shelf: TemplateShelf
    takenNames: ReadonlySet<string>
  },
  read: ReadSettings,
  fileName: string,
  choices: ParsedChoices
): UnderstoodSettings {
  const plain = { templates: [], losses: [], needsModel: false }
  if (read.format === 'fabula')
    return { ...plain, format: read.format, resolve: () => resolveImport(ports, read.file, choices) }
  if (read.format === 'jinja') {
    const file = templateFromText(read.text, fileName, ports.takenNames, choices.language ?? 'en')
    return { ...plain, format: read.format, resolve: () => resolveImport(ports, file, choices) }
  }
  if (read.format === 'sillytavern-templates') return understandTemplates(ports, read, fileName, choices)
  const templates = templatesIn(read.beside)?.templates ?? []
  const { file, losses, models, needsModel } = translateForeign(ports, read, fileName, choices)
  const all = { ...choices, models: { ...choices.models, ...models } }
  return { format: read.format, templates, losses, needsModel, resolve: () => resolveImport(ports, file, all) }
}
