import { CommonError, FabulaError } from '@contract/errors'
import type { ModelSettings } from '@contract/entities/model-config'
import { RoleId, type StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { BUILTIN_MODEL, dimensionsOf } from '@main/providers/protocols/builtin/builtin-model'
import type { CallPlan, CallPlanner } from '@main/routing/call-plan'
import { runsLocally } from '@main/routing/locality'
import { valuesOf } from '@contract/settings/effective-settings'
import type { ProviderDirectory } from '@main/settings/provider-directory'
import { roleFields, roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import type { Embedder } from './index-calls'

const EMBEDDING = RoleId.parse('embedding')
const BUILTIN = 'builtin'

/** What makes the vectors of a story. */
export interface StoryEmbedder extends Embedder {
  providerName: () => string
  model: string
  /** Plans a request to the model; throws why it cannot be called. Null for the embedder that comes with Fabula. */
  plan: (() => CallPlan) | null
  local: boolean
}

/**
 * The embedder of a story: the one of its preset, where that role takes part and has a model of its own, else the one that
 * comes with Fabula. The Writer's model never steps in for it: it writes, and makes no vectors.
 */
export function createStoryEmbedders(ports: { stores: Stores; directory: ProviderDirectory; planner: CallPlanner }): {
  of(storyId: StoryId): StoryEmbedder
} {
  const { stores, directory, planner } = ports

  const settingsOf = (storyId: StoryId): ModelSettings | null => {
    const story = stores.stories.get(storyId)
    const preset = story && !story.deleted ? stores.presets.get(story.presetId) : null
    if (!preset)
      throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
    const overrides = overridesOf(stores, storyId)
    const isOwn = valuesOf(roleFields(stores, preset, EMBEDDING, overrides)).has('model')
    const { enabled, settings } = roleSettings(stores, preset, EMBEDDING, overrides)
    return enabled && isOwn ? settings : null
  }

  const own = (dimensions: number): StoryEmbedder => ({
    identity: `${BUILTIN}/${BUILTIN_MODEL}/${dimensions}`,
    ownDimensions: dimensions,
    providerName: () => directory.list().find(({ definition }) => definition.protocol === BUILTIN)?.name ?? BUILTIN,
    model: BUILTIN_MODEL,
    plan: null,
    local: true,
  })

  return {
    of: (storyId) => {
      const settings = settingsOf(storyId)
      const provider = settings?.providerId ? directory.find(settings.providerId) : null
      if (!settings?.model || !provider) return own(dimensionsOf(undefined))
      const { model, samplers = {} } = settings
      if (provider.definition.protocol === BUILTIN) return own(dimensionsOf(samplers['dimensions']))
      const facts = stores.models.named(provider.id, model)[0] ?? null
      const { query_prefix: _ofQueries, ...ofDocuments } = samplers
      return {
        identity: JSON.stringify([
          provider.id,
          model,
          facts?.file?.digest ?? null,
          sorted(ofDocuments),
          sorted(settings.settings ?? {}),
          sorted(settings.custom ?? {}),
        ]),
        ownDimensions: null,
        providerName: () => provider.name,
        model: facts?.name ?? model,
        plan: () => planner(EMBEDDING, settings),
        local: runsLocally({ provider, facts }),
      }
    },
  }
}

const sorted = (values: Record<string, unknown>) =>
  Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
