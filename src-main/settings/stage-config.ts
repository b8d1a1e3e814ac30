import type { MediaModel } from '@contract/entities/stage'
import { CommonError, FabulaError, StageError, TokenError } from '@contract/errors'
import type { ProviderId, StageId, TokenId } from '@contract/ids'
import type { StageRow } from '@main/data/stage-store'
import type { Stores } from '@main/data/stores'
import type { TokenRow } from '@main/data/token-store'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { KnownProvider, ProviderDirectory } from './provider-directory'
import { isAllowed, type StageEntry, type StageRegistry } from './stage-registry'
import { checkStageSettings, splitStageSettings, type StageSettings } from './stage-settings'
import { needsKey, type VaultIdentity } from './token-rows'

/** Who is asked at a stage, and how. */
export interface StageConfig {
  stage: StageEntry
  provider: KnownProvider
  /** Null where the provider needs no key. */
  token: TokenRow | null
  model: string
  /** What the provider's list says of the model; null where the list is not there, or no longer has it. */
  listed: MediaModel | null
  /** How the provider is asked at this stage; null where it is asked for words. */
  media: MediaDefinition | null
  settings: StageSettings
}

/**
 * The provider, the key and the model of a stage: whatever makes something at a stage asks here, and nowhere else. Throws
 * what stands in the way: `stage_not_set`, `stage_provider_gone`, `stage_provider_not_allowed`, `token_choose_key`,
 * `token_needs_key`, `setting_invalid`.
 */
export type GetStageConfig = (id: StageId) => StageConfig

interface StageConfigPorts {
  stores: Pick<Stores, 'stageChoices' | 'tokens' | 'bin'>
  stages: StageRegistry
  directory: ProviderDirectory
  vault: VaultIdentity
}

export function createStageConfig(ports: StageConfigPorts): GetStageConfig {
  const { stores, stages } = ports
  return (id) => {
    const stage = stages.get(id)
    const row = stores.stageChoices.get(id)
    if (!row || row.model === null)
      throw new FabulaError(StageError.NotSet, `Nothing is chosen for ${id}`, { details: { stage: id } })
    const { provider, token } = resolveChoice(ports, stage, row)
    checkStageSettings(stage, provider, row.settings)
    return {
      stage,
      provider,
      token,
      model: row.model,
      listed: row.models.find(({ model }) => model === row.model) ?? null,
      media: stage.kind === 'chat' ? null : (provider.definition.media[stage.kind] ?? null),
      settings: splitStageSettings(stage, provider, row.settings),
    }
  }
}

/** The provider and the key that a stage names, as they are now. Throws as `GetStageConfig`, and `bad_input` for a key of another provider. */
export function resolveChoice(
  {
    stores,
    directory,
    vault,
  }: { stores: Pick<Stores, 'tokens' | 'bin'> } & Pick<StageConfigPorts, 'directory' | 'vault'>,
  stage: StageEntry,
  choice: Pick<StageRow, 'providerId' | 'tokenId'>
): { provider: KnownProvider; token: TokenRow | null } {
  const provider = directory.find(choice.providerId)
  if (!provider) throw providerGone(stage, stores.bin.get(choice.providerId)?.name)
  refuseOthers(stage, provider)
  const token = choice.tokenId === null ? null : stores.tokens.get(choice.tokenId)
  if (token && token.provider_id !== provider.id) throw wrongKey(provider.id, token)
  if (!token && (choice.tokenId !== null || provider.keyRequired))
    throw new FabulaError(TokenError.ChooseKey, `The key of ${provider.name} for ${stage.id} is gone`, {
      details: { provider: provider.name },
    })
  if (token && needsKey(token, provider, vault))
    throw new FabulaError(TokenError.NeedsKey, `The key ${token.name} must be pasted again`, {
      details: { name: token.name, provider: provider.name },
    })
  return { provider, token }
}

/** The stages that a token was chosen for. */
export const stagesWithToken = (
  { stores, stages }: { stores: Pick<Stores, 'stageChoices'>; stages: StageRegistry },
  tokenId: TokenId
): StageId[] => stages.list().flatMap(({ id }) => (stores.stageChoices.get(id)?.tokenId === tokenId ? [id] : []))

/** Throws `stage_provider_not_allowed`. */
export function refuseOthers(stage: StageEntry, provider: KnownProvider): void {
  if (!isAllowed(stage, provider))
    throw new FabulaError(StageError.ProviderNotAllowed, `${provider.name} cannot be used for ${stage.id}`, {
      details: { stage: stage.id, provider: provider.name, path: 'providerId' },
    })
}

const providerGone = (stage: StageEntry, name: string | undefined) =>
  new FabulaError(StageError.ProviderGone, `The provider of ${stage.id} is gone`, {
    details: { stage: stage.id, ...(name === undefined ? {} : { provider: name }) },
  })

const wrongKey = (providerId: ProviderId, token: TokenRow) =>
  new FabulaError(CommonError.BadInput, `The key ${token.name} is not one of ${providerId}`, {
    details: { path: 'key.tokenId' },
  })
