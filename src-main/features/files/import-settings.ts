import type { ModelSettings } from '@contract/entities/model-config'
import type { ModelKind } from '@contract/entities/model'
import { FabulaError, PresetError } from '@contract/errors'
import type { ProviderId } from '@contract/ids'
import type { ImportPlan } from '@contract/routes/files'
import type { ParsedInput } from '@contract/routes'
import type { JsonObject } from '@contract/values'
import { checkSettings } from '@main/settings/check-settings'
import type { KnownProvider } from '@main/settings/provider-directory'
import type { FileSettings } from './configuration-file'
import { checkedAt } from '@main/formats/file-fault'
import type { ImportNotes } from './import-notes'
import type { LocalIndex } from './local-index'

export type ParsedChoices = ParsedInput<'files.import'>['choices']

export const missingKey = {
  token: (slug: string, name: string) => `token:${slug}/${name}`,
  server: (name: string) => `server:${name}`,
  model: (slug: string, model: string) => `model:${slug}/${model}`,
  provider: (slug: string) => `provider:${slug}`,
  role: (id: string) => `role:${id}`,
}

type MissingKind = ImportPlan['missing'][number]['kind']

interface Place {
  /** Where the settings stand in the file. */
  at: readonly PropertyKey[]
  kind: ModelKind
  notes: ImportNotes
  /** The short name of the provider that settings without one of their own work with. */
  inherited: string | undefined
}

/**
 * Puts the ids of this computer in the place of names. What is not here comes from the user's choices; without one it is
 * noted and left out. Throws `file_invalid` where a value does not fit its provider.
 *
 * @param slugs the provider here for each short name in the file
 */
export function resolveSettings(
  given: FileSettings,
  { at, kind, notes, inherited }: Place,
  computer: LocalIndex,
  choices: ParsedChoices,
  slugs: ReadonlyMap<string, KnownProvider>
): ModelSettings {
  const { provider: ownSlug, server, tokens, model, ...rest } = given
  const slug = ownSlug ?? inherited ?? ''
  const provider = slugs.get(slug) ?? computer.providers.bySlug(slug)
  const mapped = model === undefined ? undefined : choices.models[missingKey.model(slug, model)]
  const target = mapped ? computer.directory.get(mapped.providerId) : provider
  const settled: ModelSettings = { ...rest }
  const need = (of: MissingKind, key: string, name: string, providerId: ProviderId | null) =>
    notes.missing({ key, kind: of, name, providerId, modelKind: of === 'model' ? kind : null })
  const needModel = (providerId: ProviderId | null) => {
    if (model !== undefined) need('model', missingKey.model(slug, model), model, providerId)
  }

  if (mapped) {
    settled.providerId = mapped.providerId
    settled.model = mapped.model
    if (mapped.serverId) settled.serverId = mapped.serverId
  } else if (provider) {
    if (ownSlug !== undefined) settled.providerId = provider.id
    if (model !== undefined) settled.model = model
    if (model !== undefined && computer.hasModel(provider.id, model) === false)
      needModel(computer.providers.chooseable(provider))
  } else if (ownSlug === undefined) {
    if (model !== undefined) settled.model = model
  } else {
    need('provider', missingKey.provider(slug), slug, null)
    notes.dropped('provider', slug)
    if (model !== undefined) {
      needModel(null)
      notes.dropped('model', model)
    }
  }

  if (server !== undefined && !settled.serverId) {
    const id = computer.server(server) ?? computer.knownServer(choices.servers[missingKey.server(server)])
    // Without a provider of its own, the settings may yet work with one that has servers.
    const takesServers = target ? target.definition.servers : ownSlug === undefined
    if (id && takesServers) settled.serverId = id
    else {
      if (!id) need('server', missingKey.server(server), server, computer.providers.chooseable(target))
      notes.dropped('server', server)
    }
  }

  const tokenIds = (tokens ?? []).flatMap((name) => {
    const chosen = choices.tokens[missingKey.token(slug, name)]
    const own = target && computer.tokenIsOf(chosen, target.id) ? chosen : undefined
    const id = own ?? (target && target.id === provider?.id ? computer.token(target.id, name) : null)
    if (id) return [id]
    need('token', missingKey.token(slug, name), name, computer.providers.chooseable(target))
    notes.dropped('token', name)
    return []
  })
  // Empty where none of them is here: then the user chooses, and no other key is taken meanwhile.
  if (tokens && (target || ownSlug === undefined)) settled.tokenIds = [...new Set(tokenIds)]

  if (target && target.id !== provider?.id) dropUnsupported(settled, kind, target.id, computer, notes)
  else if (!target && ownSlug !== undefined) dropBound(settled, notes)
  checkedAt(at, () => checkSettings(computer.directory, kind, settled, ''))
  return settled
}

/** Takes out what was meant for another provider, and noted, what the one it was mapped to does not take. */
function dropUnsupported(
  settled: ModelSettings,
  kind: ModelKind,
  providerId: ProviderId,
  computer: LocalIndex,
  notes: ImportNotes
): void {
  dropBound(settled, notes)
  const kept: JsonObject = {}
  for (const [key, value] of Object.entries(settled.samplers ?? {}))
    if (takes(computer, kind, { providerId, samplers: { [key]: value } })) kept[key] = value
    else notes.dropped('setting', `samplers.${key}`)
  if (settled.samplers) settled.samplers = kept
}

/** Takes out what makes sense for one provider only. */
function dropBound(settled: ModelSettings, notes: ImportNotes): void {
  for (const group of ['settings', 'custom'] as const) {
    for (const key of Object.keys(settled[group] ?? {})) notes.dropped('setting', `${group}.${key}`)
    delete settled[group]
  }
}

function takes(computer: LocalIndex, kind: ModelKind, settings: ModelSettings): boolean {
  try {
    checkSettings(computer.directory, kind, settings, '')
    return true
  } catch (error) {
    if (error instanceof FabulaError && error.code === PresetError.InvalidSetting) return false
    throw error
  }
}
