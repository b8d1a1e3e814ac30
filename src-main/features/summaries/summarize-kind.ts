import { SUMMARIZE, SummarizeInput, SummarizeProgress, type Summary } from '@contract/entities/summary'
import { CommonError, FabulaError, ProviderError } from '@contract/errors'
import { SummaryId, TurnId, type StoryId } from '@contract/ids'
import { jsonColumn } from '@main/data/json-column'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import type { JobKind } from '@main/jobs/job-kind'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import type { PromptWriter } from '@main/prompts/prompt-template'
import type { ChatFailover } from '@main/routing/failover'
import { SUMMARIZER } from '@main/settings/role-registry'
import { storyInShort } from './story-in-short'
import { createSummaryPrompts, type Source } from './summary-prompts'
import { nextWork, type SummaryWork } from './summary-work'
import { summarizerOf } from './summarizer'

/**
 * Writes the summaries of a story that are due, one after the other. May be cut off anywhere: what is written is kept, and
 * what is left is due again.
 */
export function createSummarizeKind(ports: {
  stores: Stores
  failover: ChatFailover
  rolePrompts: PromptWriter
  events: EventHub
  clock: Clock
}): JobKind<SummarizeInput, SummarizeProgress> {
  const { stores, failover, events, clock } = ports
  const prompts = createSummaryPrompts(ports)

  const storyOf = (id: StoryId): StoryRow => {
    const story = stores.stories.get(id)
    if (!story || story.deleted)
      throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
    return story
  }

  const write = async (story: StoryRow, work: SummaryWork, signal: AbortSignal): Promise<void> => {
    const { settings, fallback, template } = summarizerOf(stores, story)
    const call = { role: SUMMARIZER, settings, fallback }
    const plan = failover.plan(call)
    const given = prompts.source(story, work, plan)
    let answer = ''
    if (given.text !== '') {
      const turnId = stores.turns.last(story.id)?.id ?? newId(TurnId)
      for await (const event of failover.chat({
        ...call,
        messages: async (asked) => (await prompts.write({ story, work, given, template }, asked, signal)).messages(),
        visible: false,
        purpose: { kind: 'turn', turnId, storyId: story.id, role: SUMMARIZER },
        signal,
      })) {
        if (event.type === 'attempt') answer = ''
        if (event.type === 'text') answer += event.text
      }
      if (answer.trim() === '')
        throw new FabulaError(ProviderError.EmptyAnswer, 'The summary came back empty', {
          details: { provider: plan.provider.name, model: plan.model },
        })
    }
    stores.transaction(() => {
      // What the writer changed meanwhile is not in it.
      const stale = prompts.source(story, work, plan).text !== given.text
      keep(story.id, work, given, { text: answer.trim(), edited: false, stale, madeAt: timestamp(clock) })
    })
  }

  /** Stores a summary, unless its passages are gone or the writer changed what it replaces: then it is due again. */
  const keep = (
    storyId: StoryId,
    { level, first, instead }: SummaryWork,
    { firstId, lastId, last, restId }: Source,
    made: Pick<Summary, 'text' | 'edited' | 'stale' | 'madeAt'>
  ) => {
    if (firstId === null || lastId === null || !stores.messages.tree.place(lastId)) return
    if (instead) {
      const now = stores.summaries.get(instead.id)
      if (!now || now.text !== instead.text || now.edited) return
      stores.summaries.update({ ...now, last, lastId, ...made })
      // The rest is told as it was until it is written anew, which is next.
      if (restId !== null)
        stores.summaries.insert({ ...now, id: newId(SummaryId), first: last + 1, firstId: restId, stale: true })
      // Summaries that were made from it are out of date too.
      for (const one of stores.summaries.ofStory(storyId))
        if (one.level > now.level && one.first <= now.first && one.last >= now.last) stores.summaries.setStale(one.id)
    } else stores.summaries.insert({ id: newId(SummaryId), storyId, level, first, firstId, last, lastId, ...made })
    events.changed({ topic: 'summaries', ids: [storyId] })
  }

  const due = (story: StoryRow, all: boolean): SummaryWork | null => {
    const { summaries, length, chapterEnds } = storyInShort(stores, story)
    return nextWork(summaries, length, { passages: summarizerOf(stores, story).passages, all, chapterEnds })
  }

  return {
    id: SUMMARIZE,
    schema: SummarizeInput,
    input: jsonColumn(SummarizeInput),
    progress: jsonColumn(SummarizeProgress),
    nothingYet: { done: 0 },
    place: ({ storyId }) => {
      storyOf(storyId)
      return { key: `${SUMMARIZE}/${storyId}`, subject: storyId, serverId: null }
    },
    run: async ({ input: { storyId, all }, report, signal }) => {
      for (let done = 0; ; done += 1) {
        signal.throwIfAborted()
        report({ done })
        const story = storyOf(storyId)
        const work = due(story, all)
        if (!work) return
        // Each one may become part of the next.
        await write(story, work, signal)
      }
    },
  }
}
