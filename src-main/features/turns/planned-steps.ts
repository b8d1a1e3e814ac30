import type { PlannedStep, PromptPart } from '@contract/entities/turn'
import { CommonError, FabulaError } from '@contract/errors'
import { MessageId, type RoleId } from '@contract/ids'
import type { ParsedInput } from '@contract/routes'
import type { StoryRow } from '@main/data/story-store'
import { newId } from '@main/platform/ids'
import { historyUpTo, withLine, type History } from '@main/prompts/history'
import type { Prompt } from '@main/prompts/prompt-planner'
import { DRAFT } from '@main/prompts/notes'
import { history as historySection } from '@main/prompts/sections/history'
import type { CallPlan } from '@main/routing/call-plan'
import type { ChatFailover } from '@main/routing/failover'
import { windowOf, type Window } from '@main/settings/context-window'
import { storySoFar } from '@main/prompts/story-so-far'
import type { TurnScene, TurnStep } from './steps/turn-step'
import { requestPrompt, templatesOf } from './request-prompt'
import { outlineTurn, type RoleCall, type StepCall } from './turn-outline'
import { turnPlace } from './turn-place'
import { turnWorld } from './turn-world'
import type { TurnPorts } from './turns'

/** A step as it would be taken now: nothing is called. */
export interface StepPlan {
  call: StepCall
  plan: CallPlan
  window: Window
  prompt: Prompt
}

/** The scene of a turn before its first step. */
export const emptyScene = (
  story: TurnScene['story'],
  history: History,
  { opening, templates, world, soFar }: Pick<TurnScene, 'opening' | 'templates' | 'world' | 'soFar'>
): TurnScene => ({
  story,
  history,
  opening,
  templates,
  world,
  notes: new Map(),
  recalled: [],
  soFar,
})

/**
 * Plans the steps of a turn. Steps whose model cannot be called, and steps that make no request, are left out.
 *
 * @param at what the writer asks for, and the passage behind which the new one stands
 */
export async function planSteps(
  ports: TurnPorts,
  story: StoryRow,
  scene: TurnScene,
  at: { asked: readonly RoleId[]; parentId: MessageId | null }
): Promise<StepPlan[]> {
  const { stores, failover, steps } = ports
  const { opening } = scene
  const passagesBefore = () => stores.messages.path.told(at.parentId)
  const occasion = { opening, asked: new Set(at.asked), passagesBefore }
  const planned: StepPlan[] = []
  const outline = outlineTurn(stores, steps, story, occasion)
  for (const call of outline) {
    const plan = planOrNull(failover, call)
    if (!plan) continue
    const window = windowOf(plan.settings.samplers, plan.facts)
    // Each step reads what those before it leave.
    const prompt = await requestPrompt(ports, call.step.prompt(scene), scene, plan)
    if (await isNeeded(ports, call, scene, outline)) leaveNote(scene, call.step, window.answer)
    if (call.hasModel) planned.push({ call, plan, window, prompt })
  }
  return planned
}

/** Looking things up in the story helps only where the Writer's window does not show all of it. */
async function isNeeded(
  ports: TurnPorts,
  { step }: StepCall,
  scene: TurnScene,
  outline: readonly StepCall[]
): Promise<boolean> {
  if (step.becomes !== 'work' || !step.leaves) return true
  const writer = outline.find((call) => call.step.becomes === 'passage')
  const plan = writer && planOrNull(ports.failover, writer)
  if (!plan) return true
  const parts = (await requestPrompt(ports, writer.step.prompt(scene), scene, plan)).parts()
  return parts.some(({ section, leftOut }) => section.id === historySection.id && leftOut > 0)
}

/** What a step will answer is not known yet: those that read it are planned for the longest answer that is likely. */
function leaveNote({ notes }: TurnScene, step: TurnStep, answer: number): void {
  if (step.becomes === 'note') notes.set(step.note, { tokens: Math.min(answer, step.tokens ?? answer) })
  else if (step.becomes === 'passage') notes.set(DRAFT, { tokens: answer })
  else if (step.leaves) notes.set(step.leaves.note, { tokens: step.leaves.tokens })
}

function planOrNull(failover: ChatFailover, call: RoleCall): CallPlan | null {
  try {
    return failover.plan(call)
  } catch (error) {
    if (error instanceof FabulaError) return null
    throw error
  }
}

export const partsOf = (prompt: Prompt): PromptPart[] =>
  prompt.parts().map(({ section: { id, name }, tokens, leftOut }) => ({ id, name, tokens, leftOut }))

/** What a turn would send if it began now. Throws `nothing_to_retry` where there is no passage to write again. */
export async function dryRun(
  ports: TurnPorts,
  { storyId, kind, text, roles = [], prompts }: ParsedInput<'turns.plan'>
): Promise<PlannedStep[]> {
  const { stores } = ports
  const story = stores.stories.get(storyId)
  if (!story)
    throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
  const { line, opening, parentId } = turnPlace(stores, story, kind, text ?? '')
  const before = historyUpTo(stores, parentId)
  const history = line === null ? before : withLine(before, { id: newId(MessageId), text: line })
  const world = await turnWorld(stores, storyId, { history, parentId: line === null ? parentId : undefined })
  const soFar = storySoFar(stores, storyId, parentId)
  const scene = emptyScene(story, history, { opening, templates: templatesOf(ports, story, prompts), world, soFar })
  const planned = await planSteps(ports, story, scene, { asked: roles, parentId })
  return planned.map(({ call, plan, window, prompt }) => ({
    role: call.role,
    provider: plan.provider.name,
    model: plan.model,
    window: window.total,
    answer: window.answer,
    parts: partsOf(prompt),
    messages: prompt.messages(),
  }))
}
