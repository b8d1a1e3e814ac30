import type { FallbackPolicy } from '@contract/entities/preset'
import type { ModelSettings } from '@contract/entities/model-config'
import { CommonError, FabulaError } from '@contract/errors'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { builtInTemplate } from '@main/prompts/built-in-templates'
import { MAIN, SUMMARIZER } from '@main/settings/role-registry'
import { roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import { PASSAGES } from './summary-work'

/** Who writes a story's summaries, and when. */
export interface Summarizer {
  /** By itself, whenever enough passages have come together; else only when the writer asks. */
  byItself: boolean
  /** Passages of one summary. */
  passages: number
  settings: ModelSettings
  fallback: FallbackPolicy
  /** What it is told. */
  template: string
}

/** The role of the story's preset; where it is off, the Writer's model does what the writer asks for. */
export function summarizerOf(stores: Stores, story: StoryRow): Summarizer {
  const preset = stores.presets.get(story.presetId)
  if (!preset)
    throw new FabulaError(CommonError.NotFound, `There is no preset ${story.presetId}`, { details: { path: 'id' } })
  const overrides = overridesOf(stores, story.id)
  const role = roleSettings(stores, preset, SUMMARIZER, overrides)
  const { settings } = role.enabled ? role : roleSettings(stores, preset, MAIN, overrides)
  const { cadence = 'always', everyTurns = PASSAGES } = role.settings.work ?? {}
  return {
    byItself: role.enabled && cadence !== 'demand',
    passages: cadence === 'every' ? everyTurns : PASSAGES,
    settings,
    fallback: preset.fallback,
    template: role.prompt?.text ?? builtInTemplate(SUMMARIZER, story.language)?.text ?? '',
  }
}
