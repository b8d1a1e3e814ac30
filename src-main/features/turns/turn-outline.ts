import type { FallbackPolicy } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import { CommonError, FabulaError } from '@contract/errors'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { planPrompt, type Prompt } from '@main/prompts/prompt-planner'
import type { SectionRegistry } from '@main/prompts/section-registry'
import type { CallPlan } from '@main/routing/call-plan'
import { windowOf } from '@main/settings/context-window'
import { roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import type { TurnScene, TurnStep } from './steps/turn-step'

/** A step of a turn with what its role works with. */
export interface RoleCall {
  step: TurnStep
  settings: ModelSettings
  fallback: FallbackPolicy
  /** The reader sees the answer grow. */
  visible: boolean
}

/** The steps of a turn in this story, in order: those whose role is switched on. */
export function outlineTurn(
  stores: Stores,
  steps: readonly TurnStep[],
  story: StoryRow,
  { opening }: Pick<TurnScene, 'opening'>
): RoleCall[] {
  const preset = stores.presets.get(story.presetId)
  if (!preset)
    throw new FabulaError(CommonError.NotFound, `There is no preset ${story.presetId}`, { details: { path: 'id' } })
  const overrides = overridesOf(stores, story.id)
  const calls = steps.flatMap((step): RoleCall[] => {
    const { enabled, settings } = roleSettings(stores, preset, step.role, overrides)
    return enabled ? [{ step, settings, fallback: preset.fallback, visible: false }] : []
  })
  const last = calls.findLast(({ step }) => step.becomes === 'passage')
  return (
    calls
      // A passage that broke off goes on from its own words: no draft is made of what is to follow.
      .filter((call) => call === last || call.step.becomes !== 'passage' || opening === '')
      .map((call) => ({ ...call, visible: call === last }))
  )
}

/** The prompt of a step for the model that is called: each model has its own window. */
export function stepPrompt(
  sections: SectionRegistry,
  step: TurnStep,
  scene: TurnScene,
  { settings, facts }: CallPlan
): Prompt {
  const { sections: ids, voice } = step.prompt(scene)
  return planPrompt(sections.named(ids), { ...scene, voice }, windowOf(settings.samplers, facts))
}
