import type { ContextUse } from '@contract/entities/story'
import { CommonError, FabulaError } from '@contract/errors'
import type { RoleId, StoryId } from '@contract/ids'
import type { Stores } from '@main/data/stores'
import { fieldsOf } from '@main/providers/kit/fields'
import type { CallPlan } from '@main/routing/call-plan'
import { neededContext, tokensOf, windowOf } from '@main/routing/context-window'
import type { Failover } from '@main/routing/failover'
import { MAIN, STORYTELLER } from '@main/settings/role-registry'
import { roleSettings } from '@main/settings/role-settings'
import { overridesOf } from '@main/settings/story-overrides'
import { draftPrompt, rewritePrompt, type TurnText } from './turn-messages'

/** As many passages as a turn looks at. */
const HISTORY_PASSAGES = 1000

/**
 * How full the window of the next turn is, for the role that has the least room: what the writer must know before the
 * model forgets the beginning. Null while no model of the turn can be called.
 */
export function contextUse(ports: { stores: Stores; failover: Failover }, id: StoryId): ContextUse | null {
  const { stores, failover } = ports
  const story = stores.stories.get(id)
  const preset = story && stores.presets.get(story.presetId)
  if (!preset) throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'id' } })
  const overrides = overridesOf(stores, id)
  const history = stores.messages.pathFrom(story.headId, HISTORY_PASSAGES).toReversed()
  const text: TurnText = { story, history, opening: '' }

  const use = (role: RoleId, draft: number): ContextUse | null => {
    const { settings } = roleSettings(stores, preset, role, overrides)
    try {
      const plan = failover.plan({ role, settings, fallback: preset.fallback })
      return useOf(plan, role, text, draft)
    } catch (error) {
      if (error instanceof FabulaError) return null
      throw error
    }
  }
  const main = use(MAIN, 0)
  const storyteller = roleSettings(stores, preset, STORYTELLER, overrides).enabled
    ? use(STORYTELLER, main?.sections.answer ?? 0)
    : null
  return (
    [main, storyteller]
      .filter((one) => one !== null)
      .toSorted((a, b) => b.leftOut - a.leftOut || fullness(b) - fullness(a))[0] ?? null
  )
}

const fullness = ({ sections, window }: ContextUse) =>
  (sections.system + sections.recent + sections.draft + sections.answer) / Math.max(1, window)

/** @param draft tokens of the draft that the role rewrites; 0 for a role that writes from the story itself */
function useOf(plan: CallPlan, role: RoleId, text: TurnText, draft: number): ContextUse {
  const { samplers } = plan.settings
  const window = windowOf(samplers, plan.facts)
  // The draft is not written yet: the room for it is taken from the window.
  const rest = { ...plan, settings: { ...plan.settings, samplers: { ...samplers, num_ctx: window.total - draft } } }
  const { messages, leftOut } = draft > 0 ? rewritePrompt(text, '', rest) : draftPrompt(text, rest)
  const [system] = messages
  const all = tokensOf(messages)
  const systemTokens = system ? tokensOf([system]) : 0
  const sends = fieldsOf(plan.provider.definition.samplerSchema).some(({ key }) => key === 'num_ctx')
  const set = samplers?.['num_ctx']
  return {
    role,
    model: plan.model,
    window: window.total,
    limit: plan.facts?.contextLength ?? null,
    known: plan.facts?.contextLength != null || typeof set === 'number',
    asked: sends ? (typeof set === 'number' ? set : neededContext(messages, window.answer + draft, plan.facts)) : null,
    sections: { system: systemTokens, recent: all - systemTokens, draft, answer: window.answer },
    leftOut,
  }
}
