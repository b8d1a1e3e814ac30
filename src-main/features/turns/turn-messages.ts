import type { MessageRow } from '@main/data/message-store'
import type { StoryRow } from '@main/data/story-store'
import type { ChatMessage } from '@main/providers/spec/chat'
import type { CallPlan } from '@main/routing/call-plan'
import { fitHistory, windowOf } from '@main/routing/context-window'
import { fill, promptsIn } from './prompts'

/** What a prompt is made of. */
export interface TurnText {
  story: Pick<StoryRow, 'title' | 'language'>
  /** Reading order; ends before the passage that is to be written. */
  history: readonly MessageRow[]
  /** The beginning of a passage that broke off, or nothing. */
  opening: string
}

/** A prompt as it fits into a model's window. */
export interface Prompt {
  messages: ChatMessage[]
  /** Passages at the beginning of the history for which there was no room. */
  leftOut: number
}

/** The messages for a role that writes from what came before. */
export const draftMessages = (turn: TurnText, plan: CallPlan): ChatMessage[] => draftPrompt(turn, plan).messages

/** The messages for the storyteller, who writes the draft anew for the reader. */
export const rewriteMessages = (turn: TurnText, draft: string, plan: CallPlan): ChatMessage[] =>
  rewritePrompt(turn, draft, plan).messages

export function draftPrompt(turn: TurnText, plan: CallPlan): Prompt {
  const prompts = promptsIn(turn.story.language)
  const before = asChat(turn)
  const last = before.at(-1)
  if (turn.opening !== '') {
    const closing: ChatMessage[] = [
      { role: 'assistant', content: turn.opening },
      { role: 'user', content: prompts.main.complete },
    ]
    return assemble(prompts.main.system, before, closing, turn, plan)
  }
  // The line that is to be answered is always sent, however little room it leaves for what came before.
  return last?.role === 'user'
    ? assemble(prompts.main.system, before.slice(0, -1), [last], turn, plan)
    : assemble(prompts.main.system, before, [{ role: 'user', content: prompts.main.continue }], turn, plan)
}

export function rewritePrompt(turn: TurnText, draft: string, plan: CallPlan): Prompt {
  const prompts = promptsIn(turn.story.language)
  const closing: ChatMessage[] = [{ role: 'user', content: fill(prompts.storyteller.rewrite, { draft }) }]
  return assemble(prompts.storyteller.system, asChat(turn), closing, turn, plan)
}

const asChat = ({ history }: TurnText): ChatMessage[] =>
  history.map(({ author, text }) => ({ role: author === 'writer' ? 'user' : 'assistant', content: text }))

function assemble(
  system: string,
  before: readonly ChatMessage[],
  closing: readonly ChatMessage[],
  { story }: TurnText,
  plan: CallPlan
): Prompt {
  const first: ChatMessage = { role: 'system', content: fill(system, { title: story.title }) }
  const fitting = fitHistory([first, ...closing], before, windowOf(plan.settings.samplers, plan.facts))
  return { messages: [first, ...alternating([...fitting, ...closing])], leftOut: before.length - fitting.length }
}

/** Joins neighbours of the same role: many models take only turns that alternate. */
function alternating(messages: readonly ChatMessage[]): ChatMessage[] {
  const joined: ChatMessage[] = []
  for (const message of messages) {
    const last = joined.at(-1)
    if (last?.role === message.role)
      joined[joined.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` }
    else joined.push(message)
  }
  return joined
}
