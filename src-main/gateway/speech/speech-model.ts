import { STAGE_VOICE } from '@contract/entities/gateway'
import type { MediaModel } from '@contract/entities/stage'
import { StageId, type TokenId } from '@contract/ids'
import { nameKey } from '@contract/names'
import type { JsonObject } from '@contract/values'
import { badField, unknownModel } from '@main/gateway/api-error'
import { modelName } from '@main/gateway/canonical-name'
import { mediaFactsOf } from '@main/providers/kit/list-media-models'
import type { MediaDefinition } from '@main/providers/spec/definition'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import type { GetStageConfig } from '@main/settings/stage-config'

const VOICE = StageId.parse('voice')

/** A model that speaks. */
export interface SpeakingModel {
  /** Its canonical name, by which keys are allowed to use it. */
  id: string
  provider: KnownProvider
  model: string
  /** The keys that it may be asked with; null for all of its provider. */
  tokenIds: TokenId[] | null
  media: MediaDefinition
  facts: Partial<Pick<MediaModel, 'voices' | 'price' | 'longestText'>>
  /** Those of the stage. */
  settings: JsonObject
}

/** Finds the model of a name. Throws `model_not_found`, what is wrong with the stage, and what another model is for. */
export function speakingModel(
  { getStageConfig, directory }: { getStageConfig: GetStageConfig; directory: Pick<ProviderDirectory, 'called'> },
  name: string
): SpeakingModel {
  if (nameKey(name) === STAGE_VOICE) {
    const { provider, model, token, media, listed, settings } = getStageConfig(VOICE)
    if (!media) throw unknownModel(name)
    const tokenIds = token ? [token.id] : null
    return { id: STAGE_VOICE, provider, model, tokenIds, media, facts: listed ?? {}, settings: settings.own }
  }
  const slash = name.indexOf('/')
  const provider = slash > 0 ? directory.called(name.slice(0, slash)) : null
  const model = name.slice(slash + 1)
  if (!provider || model === '') throw unknownModel(name, `\`${STAGE_VOICE}\` is the voice that is chosen in Fabula.`)
  const media = provider.definition.media.speech
  if (!media)
    throw badField(
      'model',
      `${provider.name} does not speak. \`${STAGE_VOICE}\` is the voice that is chosen in Fabula.`
    )
  const known = media.models.find((one) => one.model === model)
  // What a provider lists is asked for when it is chosen in the app; here it is tried.
  if (!known && !media.list) throw unknownModel(name)
  const facts = known ?? mediaFactsOf(media, model) ?? {}
  return { id: modelName(provider.row.slug, model, null), provider, model, tokenIds: null, media, facts, settings: {} }
}
