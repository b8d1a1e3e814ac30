import type { ContextUse } from '@contract/entities/story'
import { CommonError, FabulaError } from '@contract/errors'
import type { StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { historyUpTo } from '@main/prompts/history'
import type { SectionRegistry } from '@main/prompts/section-registry'
import { DRAFT } from '@main/prompts/sections/draft'
import { fieldsOf } from '@main/providers/kit/fields'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { neededContext, windowOf } from '@main/settings/context-window'
import { outlineTurn, stepPrompt, type RoleCall } from './turn-outline'
import type { TurnScene, TurnStep } from './steps/turn-step'

/**
 * How full the window of the next turn is, for the role that has the least room: what the writer must know before the
 * model forgets the beginning. Null while no model of the turn can be called.
 */
export function contextUse(
  ports: { stores: Stores; failover: Failover; sections: SectionRegistry; steps: readonly TurnStep[] },
  id: StoryId
): ContextUse | null {
  const { stores, failover, sections, steps } = ports
  const story = stores.stories.get(id)
  if (!story) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'id' } })
  const scene: TurnScene = { story, history: historyUpTo(stores, story.headId), opening: '', notes: new Map() }

  const uses = outlineTurn(stores, steps, story, scene).flatMap((call): ContextUse[] => {
    const plan = planOrNull(failover, call)
    if (!plan) return []
    const use = useOf(sections, scene, call, plan)
    // What a step will answer is not known yet: those that read it are planned for the longest answer.
    if (!call.visible) scene.notes.set(call.step.becomes === 'note' ? call.step.note : DRAFT, { tokens: use.answer })
    return [use]
  })
  return uses.toSorted((a, b) => b.leftOut - a.leftOut || fullness(b) - fullness(a))[0] ?? null
}

function planOrNull(failover: Failover, call: RoleCall): CallPlan | null {
  try {
    return failover.plan({ ...call, role: call.step.role })
  } catch (error) {
    if (error instanceof FabulaError) return null
    throw error
  }
}

const fullness = ({ sections, answer, window }: ContextUse) =>
  (sections.reduce((sum, { tokens }) => sum + tokens, 0) + answer) / Math.max(1, window)

function useOf(registry: SectionRegistry, scene: TurnScene, { step }: RoleCall, plan: CallPlan): ContextUse {
  const { samplers } = plan.settings
  const window = windowOf(samplers, plan.facts)
  const prompt = stepPrompt(registry, step, scene, plan)
  const sends = fieldsOf(plan.provider.definition.samplerSchema).some(({ key }) => key === 'num_ctx')
  const set = samplers?.['num_ctx']
  return {
    role: step.role,
    model: plan.model,
    window: window.total,
    limit: plan.facts?.contextLength ?? null,
    known: plan.facts?.contextLength != null || typeof set === 'number',
    asked: sends ? (typeof set === 'number' ? set : neededContext(prompt.tokens + window.answer, plan.facts)) : null,
    sections: prompt.parts
      .filter(({ tokens }) => tokens > 0)
      .map(({ section: { id, name }, tokens }) => ({ id, name, tokens })),
    answer: window.answer,
    leftOut: prompt.parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
  }
}
