import { CommonError, FabulaError, ProviderError, StageError } from '@contract/errors'
import type { MediaModel, StageStatus, StageView } from '@contract/entities/stage'
import type { StageId, TokenId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { StageRow } from '@main/data/stage-store'
import type { Stores } from '@main/data/stores'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import type { Logger } from '@main/platform/logger'
import { ProviderFailure } from '@main/providers/spec/failure'
import type { Connections } from '@main/routing/connections'
import type { KnownProvider, ProviderDirectory } from '@main/settings/provider-directory'
import { refuseOthers, resolveChoice } from '@main/settings/stage-config'
import { providersOfStage, type StageEntry, type StageRegistry } from '@main/settings/stage-registry'
import { checkStageSettings, stageSchema } from '@main/settings/stage-settings'
import type { VaultIdentity } from '@main/settings/token-rows'
import { keepKeyTx, type StageTokens } from './stage-keys'
import type { StageList, StageLists } from './stage-lists'

type Save = ParsedInput<'stages.save'>
type Outcome = { list: StageList } | { error: FabulaError }

/** What makes poems, voices, songs and clips: chosen, checked and kept, one stage at a time. */
export interface Stages {
  list(): StageView[]
  /** Throws `not_found`. */
  view(id: StageId): StageView
  save(input: Save): Promise<StageView>
  /** Throws `stage_not_set`, and the vault's errors, which say nothing about the key. */
  refresh(id: StageId): Promise<StageView>
  clear(id: StageId): StageView
  /** Ends what is under way; nothing is kept of it. */
  close(): void
}

export function createStages(ports: {
  stores: Stores
  stages: StageRegistry
  directory: ProviderDirectory
  vault: VaultIdentity
  tokens: StageTokens
  connections: Connections
  lists: StageLists
  events: EventHub
  clock: Clock
  logger: Logger
}): Stages {
  const { stores, stages, directory, tokens, connections, lists, events, clock, logger } = ports
  const closing = new AbortController()
  /** Counts what was asked to be kept for a stage: what was asked for before it and comes later is out of date. */
  const versions = new Map<StageId, number>()
  const version = (id: StageId) => versions.get(id) ?? 0
  const nextVersion = (id: StageId) => {
    versions.set(id, version(id) + 1)
    return version(id)
  }

  const view = (stage: StageEntry): StageView => {
    const row = stores.stageChoices.get(stage.id)
    const { id, kind, name, help } = stage
    const state = row ? { status: row.status, problem: row.problem } : { status: 'unknown' as const, problem: null }
    const standsInTheWay = row && obstacle(stage, row)
    return {
      id,
      kind,
      name,
      help,
      providers: providersOfStage(stage, directory).map((provider) => ({
        providerId: provider.id,
        settingsSchema: stageSchema(stage, provider),
      })),
      choice: row && {
        providerId: row.providerId,
        tokenId: row.tokenId,
        model: row.model,
        settings: row.settings,
      },
      ...(standsInTheWay ? { status: 'invalid' as const, problem: standsInTheWay.toShape() } : state),
      models: row?.models ?? [],
      listedAt: row?.listedAt ?? null,
      ...(row?.unreadable ? { unreadable: row.unreadable } : {}),
    }
  }

  /** Why what was chosen cannot be used as things are now, without asking anybody. */
  const obstacle = (stage: StageEntry, row: StageRow): FabulaError | null => {
    try {
      resolveChoice(ports, stage, row)
      return null
    } catch (error) {
      if (error instanceof FabulaError) return error
      throw error
    }
  }

  const keep = (row: StageRow) => {
    nextVersion(row.id)
    stores.stageChoices.save(row)
    events.changed({ topic: 'stages', ids: [row.id] })
  }

  /** Asks the provider; what it says against it is an outcome too. */
  const ask = async (
    stage: StageEntry,
    provider: KnownProvider,
    key: Parameters<StageLists['ask']>[2]
  ): Promise<Outcome> => {
    try {
      return { list: await lists.ask(stage.kind, provider, key, closing.signal) }
    } catch (error) {
      closing.signal.throwIfAborted()
      if (error instanceof FabulaError) return { error }
      throw error
    }
  }

  const recordKey = (tokenId: TokenId | null, outcome: Outcome) => {
    if (tokenId === null) return
    if ('list' in outcome) tokens.recordCheck(tokenId, outcome.list.unproven ? 'unproven' : 'works')
    else if (outcome.error instanceof ProviderFailure) tokens.recordCheck(tokenId, outcome.error)
  }

  const save = async (input: Save): Promise<StageView> => {
    const { id, key } = input
    const stage = stages.get(id)
    const provider = directory.get(input.providerId)
    refuseOthers(stage, provider)
    const settings = checkStageSettings(stage, provider, input.settings)
    const pasted = key !== null && 'secret' in key ? key : null
    const chosen = key !== null && 'tokenId' in key ? key.tokenId : null
    // Where no key can be kept, nobody is asked whether it is a good one.
    if (pasted) tokens.holding(provider.id, pasted.secret)
    const { token } = pasted
      ? { token: null }
      : resolveChoice(ports, stage, { providerId: provider.id, tokenId: chosen })
    const open = () =>
      token
        ? connections.withToken(provider, token, settings)
        : connections.withSecret(provider, pasted?.secret ?? null, settings)
    const asked = nextVersion(id)
    const outcome = await ask(stage, provider, { open, isThere: token !== null || pasted !== null })
    // Something else was chosen for the stage meanwhile.
    if (version(id) !== asked) return view(stage)

    const model = 'list' in outcome ? modelOf(provider, outcome.list.models, input.model) : input.model
    return stores.transaction(() => {
      refuseMoved(provider, directory.find(provider.id))
      const tokenId = pasted ? keepKeyTx(ports, provider, pasted) : chosen
      resolveChoice(ports, stage, { providerId: provider.id, tokenId })
      recordKey(tokenId, outcome)
      const before = stores.stageChoices.get(id)
      const known = before?.providerId === provider.id ? before : null
      keep({
        id,
        providerId: provider.id,
        tokenId,
        settings,
        ...('list' in outcome
          ? { model, ...listedNow(outcome.list.models), ...stateOf(stage, provider, outcome.list.models, model) }
          : {
              model: model ?? known?.models[0]?.model ?? null,
              models: known?.models ?? [],
              listedAt: known?.listedAt ?? null,
              status: saysNo(outcome.error) ? ('invalid' as const) : ('unknown' as const),
              problem: outcome.error.toShape(),
            }),
      })
      return view(stage)
    })
  }

  const listedNow = (models: MediaModel[]) => ({ models, listedAt: timestamp(clock) })

  const refresh = async (id: StageId): Promise<StageView> => {
    const stage = stages.get(id)
    const row = stores.stageChoices.get(id)
    if (!row) throw new FabulaError(StageError.NotSet, `Nothing is chosen for ${id}`, { details: { stage: id } })
    // What is gone is said by the view itself.
    if (obstacle(stage, row)) return view(stage)
    const { provider, token } = resolveChoice(ports, stage, row)
    const asked = version(id)
    const open = () =>
      token
        ? connections.withToken(provider, token, row.settings)
        : connections.withSecret(provider, null, row.settings)
    const outcome = await ask(stage, provider, { open, isThere: token !== null })
    if (version(id) !== asked) return view(stage)
    if ('error' in outcome && !(outcome.error instanceof ProviderFailure)) throw outcome.error
    return stores.transaction(() => {
      recordKey(row.tokenId, outcome)
      if ('list' in outcome) {
        const { models } = outcome.list
        const model = row.model ?? models[0]?.model ?? null
        keep({ ...row, model, ...listedNow(models), ...stateOf(stage, provider, models, model) })
      } else {
        logger.warn('The list of a stage stays as it was', {
          stage: id,
          provider: provider.name,
          code: outcome.error.code,
        })
        keep({ ...row, status: 'invalid', problem: outcome.error.toShape() })
      }
      return view(stage)
    })
  }

  return {
    list: () => stages.list().map(view),
    view: (id) => view(stages.get(id)),
    save,
    refresh,
    clear: (id) => {
      const stage = stages.get(id)
      nextVersion(id)
      stores.stageChoices.remove(id)
      events.changed({ topic: 'stages', ids: [id] })
      return view(stage)
    },
    close: () => closing.abort(new FabulaError(CommonError.Disconnected, 'Fabula is closing')),
  }
}

/** The provider itself refused, and not the way to it. */
const saysNo = ({ code }: FabulaError) => code === ProviderError.Unauthorized || code === ProviderError.PaymentRequired

/** The chosen model where it is in the list, the first without a choice. Throws `stage_model_gone`. */
function modelOf(provider: KnownProvider, models: readonly MediaModel[], model: string | null): string | null {
  if (model === null) return models[0]?.model ?? null
  if (!models.some((one) => one.model === model)) throw modelGone(provider, model)
  return model
}

const modelGone = (provider: KnownProvider, model: string) =>
  new FabulaError(StageError.ModelGone, `${provider.name} does not list ${model}`, {
    details: { model, provider: provider.name, path: 'model' },
  })

/** What a list that just came says about a choice. */
function stateOf(
  stage: StageEntry,
  provider: KnownProvider,
  models: readonly MediaModel[],
  model: string | null
): { status: StageStatus; problem: StageRow['problem'] } {
  if (models.length === 0) {
    const details = { stage: stage.id, provider: provider.name }
    const none = new FabulaError(StageError.NoModels, `${provider.name} has nothing for ${stage.id}`, { details })
    return { status: 'invalid', problem: none.toShape() }
  }
  if (model !== null && !models.some((one) => one.model === model))
    return { status: 'invalid', problem: modelGone(provider, model).toShape() }
  return { status: 'active', problem: null }
}

/** A key that was pasted is for the address that it was tried at, and for no other. */
function refuseMoved(asked: KnownProvider, now: KnownProvider | null): void {
  if (now?.baseUrl !== asked.baseUrl)
    throw new FabulaError(CommonError.ReferenceBroken, `${asked.name} was changed meanwhile`)
}
