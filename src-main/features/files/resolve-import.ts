import type { Preset } from '@contract/entities/preset'
import type { ModelConfig } from '@contract/entities/model-config'
import type { ImportPlan, ImportReport } from '@contract/routes/files'
import type { ProviderRow } from '@main/data/provider-store'
import type { Stores } from '@main/data/stores'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import type { RoleRegistry } from '@main/settings/role-registry'
import type { ConfigurationFile } from './configuration-file'
import { createImportContext, type Write } from './import-context'
import type { ParsedChoices } from './import-settings'
import { resolveModelConfigs } from './resolve-model-configs'
import { resolvePresets } from './resolve-presets'
import { resolveProviders } from './resolve-providers'
import { resolveTemplates, type TemplateWrite } from './resolve-templates'
import type { TemplateShelf } from './template-shelf'
import { readLocalState } from './local-index'

export interface Resolution {
  items: ImportPlan['items']
  missing: ImportPlan['missing']
  dropped: ImportReport['dropped']
  changes: ImportReport['changes']
  skipped: number
  providers: Write<ProviderRow>[]
  modelConfigs: Write<ModelConfig>[]
  presets: Write<Preset>[]
  templates: TemplateWrite[]
}

/**
 * Finds out what a file comes to on this computer, and writes nothing. Items are compared as they would be stored, so what
 * came from a file before is `same` even where something was left out of it. Throws `file_invalid` with the place of what
 * does not fit or refers to nothing in the file.
 */
export function resolveImport(
  ports: {
    stores: Stores
    directory: ProviderDirectory
    roles: RoleRegistry
    shelf: TemplateShelf
    takenNames: ReadonlySet<string>
  },
  file: ConfigurationFile,
  choices: ParsedChoices
): Resolution {
  const { stores, directory, roles } = ports
  const context = createImportContext({ stores, roles, computer: readLocalState({ stores, directory }), choices })
  const providers = resolveProviders(context, file.providers)
  const modelConfigs = resolveModelConfigs(context, file.modelConfigs, providers)
  const presets = resolvePresets(context, file.presets, providers, modelConfigs)
  const templates = resolveTemplates({ ...ports, context, modelConfigs }, file.templates)
  return {
    items: context.items,
    missing: context.notes.missing(),
    dropped: context.notes.dropped(),
    changes: context.notes.changes(),
    skipped: context.skipped(),
    providers: providers.writes,
    modelConfigs: modelConfigs.writes,
    presets,
    templates,
  }
}
