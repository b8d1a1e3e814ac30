import type { PlannedStep } from '@contract/entities/turn'
import { CommonError, FabulaError } from '@contract/errors'
import type { MessageId, StoryId } from '@contract/ids'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import { estimateTokens } from '@main/platform/token-estimate'
import { PASSAGES, SUMMARIES } from '@main/prompts/notes'
import type { Prompt } from '@main/prompts/prompt-planner'
import type { PromptWriter } from '@main/prompts/prompt-template'
import { storyMaterial } from '@main/prompts/story-material'
import type { CallPlan } from '@main/routing/call-plan'
import type { ChatFailover } from '@main/routing/failover'
import { windowOf } from '@main/settings/context-window'
import { SUMMARIZER } from '@main/settings/role-registry'
import { storyInShort } from './story-in-short'
import { summarizerOf } from './summarizer'
import { nextWork, type SummaryWork } from './summary-work'

/** The largest part of the model's window that the texts to be summarized may take. */
const SHARE = 0.7

/** What a summary is made of. */
export interface Source {
  text: string
  /** The last place that has room. */
  last: number
  firstId: MessageId | null
  lastId: MessageId | null
  /** Where what it replaces goes further: the passage after the last one. */
  restId: MessageId | null
}

/** What the Summarizer is given, and how it is told what to make of it. */
export interface SummaryPrompts {
  /** What the model is to shorten; fewer passages where its window has no room for all of them. */
  source(story: StoryRow, work: SummaryWork, plan: CallPlan): Source
  /** What a model is sent for that. Throws `template_undefined` and its like. */
  write(asked: SummaryAsked, plan: CallPlan, signal?: AbortSignal): Promise<Prompt>
  /**
   * What would be sent for the next summary; where none is due, for the first one. Nothing is called. Null for a story
   * without passages.
   *
   * @param template tried out in the place of the one that the role has
   */
  plan(storyId: StoryId, template?: string): Promise<PlannedStep | null>
}

export interface SummaryAsked {
  story: StoryRow
  work: SummaryWork
  given: Source
  template: string
}

export function createSummaryPrompts(ports: {
  stores: Stores
  failover: Pick<ChatFailover, 'plan'>
  rolePrompts: PromptWriter
}): SummaryPrompts {
  const { stores, failover, rolePrompts } = ports

  const source: SummaryPrompts['source'] = ({ headId }, work, { settings, facts }) => {
    const window = windowOf(settings.samplers, facts)
    const room = (window.total - window.answer) * SHARE
    const covered = (text: string, last: number): Source => {
      const at = (place: number) => (headId === null ? null : stores.messages.tree.ancestorAt(headId, place))
      const restId = work.instead && last < work.instead.last ? at(last + 1) : null
      return { text, last, firstId: at(work.first), lastId: at(last), restId }
    }
    if (work.of.length > 0) return covered(work.of.map(({ text }) => text).join('\n\n'), work.last)
    const texts: string[] = []
    let last = work.first - 1
    let tokens = 0
    const placed = headId === null ? [] : stores.messages.page(headId, work.first, work.last)
    for (const { row, position } of placed) {
      tokens += estimateTokens(row.text)
      if (texts.length > 0 && tokens > room) break
      texts.push(row.text.trim())
      last = position
    }
    // Deleted passages at the end of the range have no text, but count as covered.
    return covered(texts.join('\n\n'), texts.length === placed.length ? work.last : last)
  }

  const write: SummaryPrompts['write'] = async ({ story, work, given, template }, { settings, facts }, signal) => {
    // The story as it stood before what is summarized: that is what else a prompt of the writer's own may tell.
    const end = given.firstId === null ? null : (stores.messages.get(given.firstId)?.parentId ?? null)
    const material = await storyMaterial(stores, { storyId: story.id, language: story.language, end })
    const notes = new Map([[work.level === 0 ? PASSAGES : SUMMARIES, { text: given.text }]])
    const window = windowOf(settings.samplers, facts)
    return rolePrompts.write({ role: SUMMARIZER, text: template }, { ...material, notes }, window, signal)
  }

  return {
    source,
    write,
    plan: async (storyId, template) => {
      const story = stores.stories.get(storyId)
      if (!story)
        throw new FabulaError(CommonError.NotFound, `There is no story ${storyId}`, { details: { path: 'storyId' } })
      const { summaries, length, chapterEnds } = storyInShort(stores, story)
      if (length === 0) return null
      const role = summarizerOf(stores, story)
      const plan = failover.plan({ role: SUMMARIZER, settings: role.settings, fallback: role.fallback })
      const first: SummaryWork = {
        level: 0,
        first: 0,
        last: Math.min(role.passages, length) - 1,
        of: [],
        instead: null,
      }
      const work = nextWork(summaries, length, { passages: role.passages, all: true, chapterEnds }) ?? first
      const given = source(story, work, plan)
      const prompt = await write({ story, work, given, template: template ?? role.template }, plan)
      const window = windowOf(plan.settings.samplers, plan.facts)
      return {
        role: SUMMARIZER,
        provider: plan.provider.name,
        model: plan.model,
        window: window.total,
        answer: window.answer,
        parts: prompt.parts().map(({ section: { id, name }, tokens, leftOut }) => ({ id, name, tokens, leftOut })),
        messages: prompt.messages(),
      }
    },
  }
}
