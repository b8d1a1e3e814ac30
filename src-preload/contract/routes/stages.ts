import { z } from 'zod'
import { command, query } from '../route'
import { StageView } from '../entities/stage'
import { Secret } from '../entities/token'
import { ProviderId, StageId, TokenId } from '../ids'
import { JsonObject, Name, Nothing } from '../values'

const byStage = z.strictObject({ id: StageId })

export const stageRoutes = {
  /** In the order of the registry. */
  'stages.list': query(Nothing, z.array(StageView), ['stages', 'providers', 'tokens', 'vault'], {
    rows: { topics: ['stages'], order: { by: [] } },
  }),
  /**
   * Keeps the choice for one stage, and touches no other. The key is checked, and what it can use is listed: a model that is
   * not in the list is refused with `stage_model_gone`, and nothing is kept then; with none, the first of the list is taken.
   * A key that the provider refuses is kept as `invalid`; where the provider cannot be asked, all is kept as `unknown`.
   */
  'stages.save': command(
    z.strictObject({
      id: StageId,
      providerId: ProviderId,
      /** One of the provider's, or a new one that is added to them; null for none. */
      key: z.union([z.strictObject({ tokenId: TokenId }), z.strictObject({ name: Name, secret: Secret })]).nullable(),
      model: z.string().trim().min(1).max(300).nullable(),
      settings: JsonObject,
    }),
    StageView
  ),
  /** Checks the key and lists its models anew; a failure is kept with the stage, and the list stays. */
  'stages.refresh': command(byStage, StageView),
  /** Takes back the choice of a stage. */
  'stages.clear': command(byStage, StageView),
}
