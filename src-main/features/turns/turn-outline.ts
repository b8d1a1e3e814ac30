import type { FallbackPolicy, Preset } from '@contract/entities/preset'
import type { ModelSettings, RoleWork } from '@contract/entities/model-config'
import { CommonError, FabulaError } from '@contract/errors'
import type { RoleId } from '@contract/ids'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { MAIN } from '@main/settings/role-registry'
import { roleSettings, type RoleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import type { TurnStep } from './steps/turn-step'

/** Who is asked, and with what settings. */
export interface RoleCall {
  role: RoleId
  settings: ModelSettings
  fallback: FallbackPolicy
}

/** A step of a turn with what its role works with. */
export interface StepCall extends RoleCall {
  step: TurnStep
  work: RoleWork
  /** False: its role is off, and it does without a model. */
  hasModel: boolean
  /** The reader sees the answer grow. */
  visible: boolean
}

/** Whose step is taken at this turn. */
export interface TurnOccasion {
  /** Begins with the words of a passage that broke off. */
  opening: string
  /** Roles that the writer asks for at this turn, whatever their cadence. */
  asked: ReadonlySet<RoleId>
  /** How many passages of the story stand before the new one; asked where a cadence needs it. */
  passagesBefore: () => number
}

const mustHavePreset = (stores: Stores, story: StoryRow): Preset => {
  const preset = stores.presets.get(story.presetId)
  if (!preset)
    throw new FabulaError(CommonError.NotFound, `There is no preset ${story.presetId}`, { details: { path: 'id' } })
  return preset
}

/** The Writer's settings in a story: other roles may have it asked. */
export function writerCall(stores: Stores, story: StoryRow): RoleCall {
  const preset = mustHavePreset(stores, story)
  const { settings } = roleSettings(stores, preset, MAIN, overridesOf(stores, story.id))
  return { role: MAIN, settings, fallback: preset.fallback }
}

/**
 * The steps of a turn in this story, in order. A role that takes part works as often as its cadence says. Where the
 * Writer does the work of roles that do not take part, its model takes an optional step of theirs when the writer asks for
 * it, or as often as a cadence says that is set for the role; other steps of theirs need nobody, because the Writer's
 * draft is the passage then.
 */
export function outlineTurn(
  stores: Stores,
  steps: readonly TurnStep[],
  story: StoryRow,
  occasion: TurnOccasion
): StepCall[] {
  const preset = mustHavePreset(stores, story)
  const overrides = overridesOf(stores, story.id)
  const writer = writerCall(stores, story)
  let counted: number | undefined
  const counting = { ...occasion, passagesBefore: () => (counted ??= occasion.passagesBefore()) }
  const calls = steps.flatMap((step): StepCall[] => {
    const state = roleSettings(stores, preset, step.role, overrides)
    const who = whoTakes(step, state, preset.fallback, counting)
    if (!who) return []
    const { settings } = who === 'role' ? state : writer
    const { fallback } = preset
    const work = state.settings.work ?? {}
    return [{ step, role: step.role, settings, fallback, work, hasModel: who !== 'nobody', visible: false }]
  })
  // A passage that broke off goes on from its own words: no draft is made of what is to follow, and nothing is planned.
  const last = calls.findLast(({ step }) => step.becomes === 'passage')
  const taken = occasion.opening === '' ? calls : calls.filter((call) => call === last)
  return taken.map((call, index) => ({
    ...call,
    // Where a later step reads the passage, it is a draft until then.
    visible: call.step.becomes === 'passage' && index === taken.length - 1,
  }))
}

/** Whose model takes a step; `nobody` for one that does without, null where it is not taken. */
function whoTakes(
  step: TurnStep,
  { enabled, settings }: RoleSettings,
  { useMainForUnset }: FallbackPolicy,
  occasion: TurnOccasion
): 'role' | 'writer' | 'nobody' | null {
  const { work = {} } = settings
  const asked = occasion.asked.has(step.role)
  if (enabled) return step.optional !== true || asked || isDue(work, 'always', occasion) ? 'role' : null
  if (step.optional !== true) return null
  // What the writer asks for is done, whatever the policy for roles that are off.
  if (asked) return 'writer'
  if (!useMainForUnset) return null
  if (isDue(work, 'demand', occasion)) return 'writer'
  return step.becomes === 'work' && step.worksAlone === true && work.cadence === undefined ? 'nobody' : null
}

function isDue(
  { cadence, everyTurns = 2 }: RoleWork,
  otherwise: 'always' | 'demand',
  { passagesBefore }: TurnOccasion
): boolean {
  switch (cadence ?? otherwise) {
    case 'always':
      return true
    case 'every':
      return passagesBefore() % everyTurns === 0
    case 'demand':
      return false
  }
}
