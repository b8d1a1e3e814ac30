import type { RoleId } from '@contract/ids'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { builtInTemplate } from '@main/prompts/built-in-templates'
import type { Prompt } from '@main/prompts/prompt-planner'
import type { PromptWriter } from '@main/prompts/prompt-template'
import type { CallPlan } from '@main/routing/call-plan'
import { windowOf } from '@main/settings/context-window'
import { roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import type { StepPrompt, TurnScene, TurnStep } from './steps/turn-step'

/** What prompts are put together with. */
export interface PromptPorts {
  prompts: PromptWriter
}

/**
 * What each role that acts is told in a story: the story's own prompt, else its preset's, else the built-in one in its language.
 *
 * @param edited prompts that are tried out in the place of those that are stored
 */
export function templatesOf(
  { stores, steps }: { stores: Stores; steps: readonly TurnStep[] },
  story: Pick<StoryRow, 'id' | 'language' | 'presetId'>,
  edited: Readonly<Record<string, string>> = {}
): Map<RoleId, string> {
  const preset = stores.presets.get(story.presetId)
  const overrides = overridesOf(stores, story.id)
  const templates = new Map<RoleId, string>()
  for (const { role } of steps) {
    const own = preset && roleSettings(stores, preset, role, overrides).prompt
    const text = edited[role] ?? own?.text ?? builtInTemplate(role, story.language)?.text
    if (text !== undefined) templates.set(role, text)
  }
  return templates
}

/**
 * The prompt of a request for the model that is called: each model has its own window. Throws `template_undefined` and its
 * like.
 */
export async function requestPrompt(
  { prompts }: PromptPorts,
  { voice, recentText }: StepPrompt,
  scene: TurnScene,
  { settings, facts }: CallPlan,
  signal?: AbortSignal
): Promise<Prompt> {
  const text = scene.templates.get(voice)
  if (text === undefined) throw new Error(`There is no prompt for the role ${voice}`)
  const material = recentText === undefined ? scene : { ...scene, recentText }
  return prompts.write({ role: voice, text }, material, windowOf(settings.samplers, facts), signal)
}
