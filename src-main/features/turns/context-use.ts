import { storySoFar } from '@main/prompts/story-so-far'
import type { ContextUse } from '@contract/entities/story'
import { CommonError, FabulaError, TemplateError, type ErrorCode } from '@contract/errors'
import type { RoleId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { StoryRow } from '@main/data/story-store'
import { historyUpTo } from '@main/prompts/history'
import { fieldsOf } from '@contract/schema/setting-fields'
import { neededContext } from '@main/settings/context-window'
import { emptyScene, partsOf, planSteps, type StepPlan } from './planned-steps'
import { turnWorld } from './turn-world'
import { templatesOf } from './request-prompt'
import type { TurnScene } from './steps/turn-step'
import type { TurnPorts } from './turns'

/**
 * How full the window of the next turn is, for the role that has the least room: what the writer must know before the
 * model forgets the beginning. Null while no model of the turn can be called, or a prompt has a mistake: the turn itself says
 * which.
 */
export async function contextUse(
  ports: TurnPorts,
  { id, roles = [] }: ParsedInput<'stories.context'>
): Promise<ContextUse | null> {
  const { stores } = ports
  const story = stores.stories.get(id)
  if (!story) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'id' } })
  const history = historyUpTo(stores, story.headId)
  const world = await turnWorld(stores, id, { history, parentId: story.headId })
  const soFar = storySoFar(stores, id, story.headId)
  const scene = emptyScene(story, history, { opening: '', templates: templatesOf(ports, story), world, soFar })
  const uses = (await planOrNothing(ports, story, scene, roles)).map(useOf)
  return uses.toSorted((a, b) => b.leftOut - a.leftOut || fullness(b) - fullness(a))[0] ?? null
}

async function planOrNothing(
  ports: TurnPorts,
  story: StoryRow,
  scene: TurnScene,
  asked: readonly RoleId[]
): Promise<StepPlan[]> {
  try {
    return await planSteps(ports, story, scene, { asked, parentId: story.headId })
  } catch (error) {
    if (error instanceof FabulaError && templateErrors.has(error.code)) return []
    throw error
  }
}

const templateErrors = new Set<ErrorCode>(Object.values(TemplateError))

const fullness = ({ sections, answer, window }: ContextUse) =>
  (sections.reduce((sum, { tokens }) => sum + tokens, 0) + answer) / Math.max(1, window)

function useOf({ call, plan, window, prompt }: StepPlan): ContextUse {
  const sends = fieldsOf(plan.provider.definition.samplerSchema).some(({ key }) => key === 'num_ctx')
  const set = plan.settings.samplers?.['num_ctx']
  const parts = partsOf(prompt)
  return {
    role: call.role,
    model: plan.model,
    window: window.total,
    limit: plan.facts?.contextLength ?? null,
    known: plan.facts?.contextLength != null || typeof set === 'number',
    asked: sends ? (typeof set === 'number' ? set : neededContext(prompt.tokens + window.answer, plan.facts)) : null,
    sections: parts.filter(({ tokens }) => tokens > 0).map(({ id, name, tokens }) => ({ id, name, tokens })),
    answer: window.answer,
    leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
  }
}
