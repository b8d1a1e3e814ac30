import { sameJson } from '@contract/json'
import { freeName, nameKey } from '@contract/names'
import type { ModelConfig } from '@contract/entities/model-config'
import { FabulaError, PresetError } from '@contract/errors'
import { ModelConfigId } from '@contract/ids'
import { newId } from '@main/platform/ids'
import { usersOfModelConfigs } from '@main/settings/users-of'
import type { FileModelConfig } from './configuration-file'
import { faultAt } from '@main/formats/file-fault'
import { conflictOf, type ImportContext, type Write } from './import-context'
import { createItemNotes, type ItemNotes } from './import-notes'
import { resolveSettings } from './import-settings'
import type { ResolvedProviders } from './resolve-providers'

export interface ResolvedModelConfigs {
  writes: Write<ModelConfig>[]
  /** As the file has it. */
  given(name: string): FileModelConfig | undefined
  /**
   * The id here of a model config that the file names, or null, with a note, when it is left out. Throws `file_invalid`
   * when the file has none of this name and kind.
   */
  idOf(name: string, kind: FileModelConfig['kind'], at: readonly PropertyKey[], notes: ItemNotes): ModelConfigId | null
}

/** What the model configs of a file come to here. */
export function resolveModelConfigs(
  context: ImportContext,
  configs: readonly FileModelConfig[],
  { added }: ResolvedProviders
): ResolvedModelConfigs {
  const { stores, computer, choices, decide } = context
  const writes: Write<ModelConfig>[] = []
  const given = new Map(configs.map((config) => [nameKey(config.name), config]))
  const ids = new Map<string, ModelConfigId>()
  let allUsers: ReturnType<typeof usersOfModelConfigs> | null = null
  const usersOf = (id: ModelConfigId) =>
    ((allUsers ??= usersOfModelConfigs(stores)).get(id) ?? []).map(({ name }) => name)
  const taken = new Set(stores.modelConfigs.names().map(({ name }) => nameKey(name)))

  for (const [index, { name, kind, settings }] of configs.entries()) {
    const notes = createItemNotes()
    const place = { at: ['modelConfigs', index, 'settings'], kind, notes, inherited: undefined }
    const { providerId, model, ...more } = resolveSettings(settings, place, computer, choices, added)
    // Without its provider there is nothing left of it.
    const value = providerId && model ? { name, kind, settings: { providerId, model, ...more } } : null
    const here = computer.modelConfig(name)
    const same = here !== null && sameJson({ name: here.name, kind: here.kind, settings: here.settings }, value)
    const users = here === null || here.kind === kind ? [] : usersOf(here.id)
    const decision = decide(
      {
        kind: 'modelConfig',
        name,
        conflict: conflictOf(here, same),
        replaceable: here !== null && value !== null && users.length === 0,
        models: [
          { role: null, provider: computer.providerName(providerId) ?? settings.provider, model: settings.model },
        ],
      },
      notes
    )
    const key = nameKey(name)
    if (decision === 'none' || decision === 'skip') {
      if (here?.kind === kind) ids.set(key, here.id)
    } else if (value && here && decision === 'replace') {
      refuseOtherKind(here, users)
      ids.set(key, here.id)
      writes.push({ row: { ...here, ...value }, before: here })
    } else if (value) {
      const free = freeName(name, (one) => taken.has(nameKey(one)))
      taken.add(nameKey(free))
      const row: ModelConfig = { id: newId(ModelConfigId), ...value, name: free, createdAt: '', updatedAt: '' }
      ids.set(key, row.id)
      writes.push({ row, before: null })
    }
  }

  return {
    writes,
    given: (name) => given.get(nameKey(name)),
    idOf: (name, kind, at, notes) => {
      const config = given.get(nameKey(name))
      if (!config) throw faultAt(at, `the file has no model config called “${name}”`)
      if (config.kind !== kind) throw faultAt(at, `“${name}” is of kind ${config.kind}, and ${kind} is needed`)
      const id = ids.get(nameKey(name)) ?? null
      if (id === null) notes.dropped('modelConfig', name)
      return id
    },
  }
}

/** What a role works with cannot become something of another kind under it. */
function refuseOtherKind(here: ModelConfig, users: string[]): void {
  if (users.length > 0)
    throw new FabulaError(PresetError.ModelConfigInUse, `${here.name} is used by ${users.join(', ')}`, {
      details: { name: here.name, users },
    })
}
