import { z } from 'zod'
import type { Provider } from '@contract/entities/provider'
import type { StageView } from '@contract/entities/stage'
import { CommonError, FabulaError } from '@contract/errors'
import { StageId } from '@contract/ids'
import { nameKey } from '@contract/names'
import type { RouteInput } from '@contract/routes'
import type { ApiPorts } from './api-ports'
import type { KnownProviders } from './known-providers'
import { operation, type Operation } from './operation'
import { ApiStage, ChangedStage, Stages, toApiStage } from './stage-shape'

const ofStage = z.strictObject({ id: StageId })
const tag = 'Stages'

/** `/api/stages`: what makes poems, voices, songs and clips. */
export function stageOperations({ ask, providers }: ApiPorts & { providers: KnownProviders }): Operation[] {
  const names = async () => {
    const [slugs, tokens] = await Promise.all([providers.slugs(), ask('tokens.list', {})])
    return { slugs, tokens }
  }
  const get = async (id: StageId): Promise<StageView> => {
    const stage = (await ask('stages.list', {})).find((one) => one.id === id)
    if (!stage) throw new FabulaError(CommonError.NotFound, `There is no stage ${id}`, { details: { path: 'id' } })
    return stage
  }

  /** The key that a change names; the one that is chosen where it names none. */
  const keyOf = async (
    { key }: z.output<typeof ChangedStage>,
    { id: providerId }: Provider,
    { choice }: StageView
  ): Promise<RouteInput<'stages.save'>['key']> => {
    if (key === null) return null
    if (key === undefined)
      return choice?.providerId === providerId && choice.tokenId !== null ? { tokenId: choice.tokenId } : null
    const { name, secret } = key
    if (secret !== undefined) return { name, secret }
    const token = (await ask('tokens.list', {})).find(
      (one) => one.providerId === providerId && nameKey(one.name) === nameKey(name)
    )
    if (!token)
      throw new FabulaError(CommonError.NotFound, `There is no key ${name}`, { details: { path: 'key.name', name } })
    return { tokenId: token.id }
  }

  return [
    operation({
      id: 'listStages',
      method: 'GET',
      path: '/api/stages',
      tag,
      summary: 'What makes poems, voices, songs and clips',
      success: { status: 200, description: 'The stages, in their order.', schema: Stages },
      run: async () => {
        const [stages, known] = await Promise.all([ask('stages.list', {}), names()])
        return { data: stages.map((stage) => toApiStage(stage, known)) }
      },
    }),
    operation({
      id: 'getStage',
      method: 'GET',
      path: '/api/stages/{id}',
      tag,
      summary: 'One stage',
      pathSchema: ofStage,
      success: { status: 200, description: 'The stage.', schema: ApiStage },
      failures: [404],
      run: async ({ path }) => toApiStage(await get(path.id), await names()),
    }),
    operation({
      id: 'replaceStage',
      method: 'PUT',
      path: '/api/stages/{id}',
      tag,
      summary: 'Choose the provider, the key and the model of a stage',
      description:
        'No other stage changes. The provider is asked what the key can use: a model that is not among it is refused with 404 `stage_model_gone`, and nothing changes. A key that the provider refuses is kept, and the stage is `invalid`; where the provider cannot be asked, it is `unknown`.',
      pathSchema: ofStage,
      bodySchema: ChangedStage,
      example: { provider: 'demo', settings: {} },
      success: { status: 200, description: 'The stage as it is now.', schema: ApiStage },
      failures: [404, 409],
      run: async ({ path: { id }, body }) => {
        const [stage, provider] = await Promise.all([get(id), providers.named(body.provider)])
        const key = await keyOf(body, provider, stage)
        const { model, settings } = body
        const saved = await ask('stages.save', { id, providerId: provider.id, key, model, settings })
        return toApiStage(saved, await names())
      },
    }),
  ]
}
