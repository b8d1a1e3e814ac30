import { z } from 'zod'
import { SettingsSchema } from '@contract/entities/provider'
import { Stage } from '@contract/entities/stage'
import { CommonError, FabulaError } from '@contract/errors'
import type { StageId } from '@contract/ids'
import builtIn from '@resources/stages.json'
import type { KnownProvider, ProviderDirectory } from './provider-directory'

/** Stands in a matrix for all other providers that can do what the stage asks for. */
const ALL_OTHERS = '*'

const StageEntry = z.strictObject({
  ...Stage.shape,
  /** Short names of the providers that may be chosen, in the order in which they are offered. */
  providers: z.array(z.string()).min(1),
  /** What can be said of the stage itself, whoever provides. */
  settingsSchema: SettingsSchema.optional(),
})
export type StageEntry = z.infer<typeof StageEntry>

/** The stages from a passage to a clip. A new one is one more entry of `resources/stages.json`. */
export interface StageRegistry {
  list(): readonly StageEntry[]
  /** Throws `not_found`. */
  get(id: StageId): StageEntry
}

export function createStageRegistry(entries: unknown = builtIn): StageRegistry {
  const stages = z.array(StageEntry).parse(entries)
  const byId = new Map<string, StageEntry>(stages.map((stage) => [stage.id, stage]))
  return {
    list: () => stages,
    get: (id) => {
      const stage = byId.get(id)
      if (!stage)
        throw new FabulaError(CommonError.NotFound, `No stage is called ${id}`, { details: { path: 'id', name: id } })
      return stage
    },
  }
}

/** The providers that may be chosen for a stage, in the order in which they are offered. */
export function providersOfStage(stage: StageEntry, directory: Pick<ProviderDirectory, 'list'>): KnownProvider[] {
  const able = directory.list().filter((provider) => canProvide(stage, provider))
  const named = new Set(stage.providers)
  const others = able.filter((provider) => !named.has(matrixName(provider)))
  return stage.providers.flatMap((name) =>
    name === ALL_OTHERS ? others : able.filter((provider) => matrixName(provider) === name)
  )
}

export const isAllowed = (stage: StageEntry, provider: KnownProvider): boolean =>
  canProvide(stage, provider) &&
  (stage.providers.includes(ALL_OTHERS) || stage.providers.includes(matrixName(provider)))

const canProvide = ({ kind }: StageEntry, { definition }: KnownProvider) =>
  kind === 'chat' ? definition.kinds.includes('chat') : definition.media[kind] !== undefined

/** A provider of the user's has no name in a matrix, whatever its short name is. */
const matrixName = ({ row, definition }: KnownProvider) => (row.builtIn ? definition.slug : '')
