import { SUMMARIZE, SummarizeInput, SummarizeProgress, type Summary } from '@contract/entities/summary'
import { CommonError, FabulaError, ProviderError } from '@contract/errors'
import { SummaryId, TurnId, type MessageId, type StoryId } from '@contract/ids'
import { jsonColumn } from '@main/data/json-column'
import type { StoryRow } from '@main/data/story-store'
import type { Stores } from '@main/data/stores'
import type { JobKind } from '@main/jobs/job-kind'
import { timestamp, type Clock } from '@main/platform/clock'
import type { EventHub } from '@main/platform/event-hub'
import { newId } from '@main/platform/ids'
import { estimateTokens } from '@main/platform/token-estimate'
import { promptText } from '@main/prompts/prompt-texts'
import type { ChatFailover } from '@main/routing/failover'
import { windowOf } from '@main/settings/context-window'
import { SUMMARIZER } from '@main/settings/role-registry'
import { storyInShort } from './story-in-short'
import { nextWork, type SummaryWork } from './summary-work'
import { summarizerOf } from './summarizer'

/** The largest part of the model's window that the texts to be summarized may take. */
const SHARE = 0.7

/** What a summary is made of. */
interface Source {
  text: string
  /** The last place that has room. */
  last: number
  firstId: MessageId | null
  lastId: MessageId | null
  /** Where what it replaces goes further: the passage after the last one. */
  restId: MessageId | null
}

/**
 * Writes the summaries of a story that are due, one after the other. May be cut off anywhere: what is written is kept, and
 * what is left is due again.
 */
export function createSummarizeKind(ports: {
  stores: Stores
  failover: ChatFailover
  events: EventHub
  clock: Clock
}): JobKind<SummarizeInput, SummarizeProgress> {
  const { stores, failover, events, clock } = ports

  const storyOf = (id: StoryId): StoryRow => {
    const story = stores.stories.get(id)
    if (!story || story.deleted)
      throw new FabulaError(CommonError.NotFound, `There is no story ${id}`, { details: { path: 'storyId' } })
    return story
  }

  /** What the model is to shorten; fewer passages where its window has no room for all of them. */
  const source = (story: StoryRow, work: SummaryWork, room: number): Source => {
    const { headId } = story
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

  const write = async (story: StoryRow, work: SummaryWork, signal: AbortSignal): Promise<void> => {
    const { settings, fallback } = summarizerOf(stores, story)
    const call = { role: SUMMARIZER, settings, fallback }
    const plan = failover.plan(call)
    const window = windowOf(plan.settings.samplers, plan.facts)
    const room = (window.total - window.answer) * SHARE
    const given = source(story, work, room)
    const { language, title } = story
    const words = (name: string, values: Record<string, string>) => promptText(language, SUMMARIZER, name, values) ?? ''
    let answer = ''
    if (given.text !== '') {
      const request = words(work.level === 0 ? 'passages' : 'summaries', { text: given.text })
      const turnId = stores.turns.last(story.id)?.id ?? newId(TurnId)
      for await (const event of failover.chat({
        ...call,
        messages: () => [
          { role: 'system', content: words('system', { title }) },
          { role: 'user', content: request },
        ],
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
      const stale = source(story, work, room).text !== given.text
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
