import type { PlannedStep, PromptPart } from '@contract/entities/turn'
import { CommonError, FabulaError } from '@contract/errors'
import { MessageId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { StoryRow } from '@main/data/story-store'
import { newId } from '@main/platform/ids'
import { historyUpTo, withLine } from '@main/prompts/history'
import type { Prompt } from '@main/prompts/prompt-planner'
import { DRAFT } from '@main/prompts/sections/draft'
import type { CallPlan } from '@main/routing/call-plan'
import type { Failover } from '@main/routing/failover'
import { windowOf, type Window } from '@main/settings/context-window'
import type { TurnScene } from './steps/turn-step'
import { outlineTurn, stepPrompt, type RoleCall } from './turn-outline'
import { turnPlace } from './turn-place'
import type { TurnPorts } from './turns'

/** A step as it would be taken now: nothing is called. */
export interface StepPlan {
  call: RoleCall
  plan: CallPlan
  window: Window
  prompt: Prompt
}

/** Plans the steps of a turn. One whose model cannot be called is left out. */
export function planSteps(
  { stores, failover, sections, steps }: TurnPorts,
  story: StoryRow,
  scene: TurnScene
): StepPlan[] {
  return outlineTurn(stores, steps, story, scene).flatMap((call): StepPlan[] => {
    const plan = planOrNull(failover, call)
    if (!plan) return []
    const window = windowOf(plan.settings.samplers, plan.facts)
    const prompt = stepPrompt(sections, call.step, scene, plan)
    // What a step will answer is not known yet: those that read it are planned for the longest answer.
    if (!call.visible) scene.notes.set(call.step.becomes === 'note' ? call.step.note : DRAFT, { tokens: window.answer })
    return [{ call, plan, window, prompt }]
  })
}

function planOrNull(failover: Failover, call: RoleCall): CallPlan | null {
  try {
    return failover.plan({ ...call, role: call.step.role })
  } catch (error) {
    if (error instanceof FabulaError) return null
    throw error
  }
}

export const partsOf = (prompt: Prompt): PromptPart[] =>
  prompt.parts().map(({ section: { id, name }, tokens, leftOut }) => ({ id, name, tokens, leftOut }))

/** What a turn would send if it began now. Throws `nothing_to_retry` where there is no passage to write again. */
export function dryRun(ports: TurnPorts, { storyId, kind, text }: ParsedInput<'turns.plan'>): PlannedStep[] {
  const { stores } = ports
  const story = stores.stories.get(storyId)
  if (!story)
    throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
  const { line, opening, parentId } = turnPlace(stores, story, kind, text ?? '')
  const before = historyUpTo(stores, parentId)
  const history = line === null ? before : withLine(before, { id: newId(MessageId), text: line })
  return planSteps(ports, story, { story, history, opening, notes: new Map() }).map(
    ({ call, plan, window, prompt }) => ({
      role: call.step.role,
      provider: plan.provider.name,
      model: plan.model,
      window: window.total,
      answer: window.answer,
      parts: partsOf(prompt),
      messages: prompt.messages(),
    })
  )
}
