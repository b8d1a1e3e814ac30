import type { JsonObject } from '@contract/values'
import { inlineImage } from '@main/providers/kit/images'
import { argumentsOf } from '@main/providers/kit/tool-arguments'
import type { ChatMessage, ContentPart } from '@main/providers/spec/chat'
import { thoughtBlocks, type ThoughtBlock } from './thoughts'

type TextBlock = { type: 'text'; text: string }

/** A part of what a turn says, as the API writes it. */
export type Block = TextBlock | (JsonObject & { type: 'image' | 'tool_use' | 'tool_result' }) | ThoughtBlock

interface Turn {
  role: 'user' | 'assistant'
  blocks: Block[]
}

export interface Conversation {
  /** The API has a field of its own for it; null when there is none. */
  system: string | null
  /** The content of a turn that is text alone is that text. */
  messages: { role: 'user' | 'assistant'; content: string | Block[] }[]
}

/** Stands where the API wants a user's turn and the story has none: before a passage that begins it. */
const OPENING = '…'

const joined = (texts: readonly string[]) => texts.join('\n\n')

const isText = (block: Block): block is TextBlock => block.type === 'text'

/**
 * A conversation by the API's rules: system text at its beginning goes into a field of its own, and becomes part of the
 * user's turns further on, where its place matters; turns alternate, so neighbours are merged; none is empty; what tools gave
 * is the user's, and stands before everything else of the turn; the first turn is the user's; the last, when it is the
 * model's own beginning, ends without white space.
 *
 * @param thinks the model thinks: then what it thought before its calls goes back with them
 */
export function conversationOf(messages: readonly ChatMessage[], thinks = false): Conversation {
  const said = messages
    .map((message) => ({
      role: message.role,
      blocks: [...(thinks ? thoughtBlocks(message) : []), ...blocksOf(message)],
    }))
    .filter(({ blocks }) => blocks.length > 0)
  const first = said.findIndex(({ role }) => role !== 'system')
  const system = (first === -1 ? said : said.slice(0, first)).flatMap(({ blocks }) =>
    blocks.filter(isText).map(({ text }) => text)
  )
  // A request of instructions alone is a question.
  if (first === -1) return { system: null, messages: [{ role: 'user', content: joined(system) || OPENING }] }

  const turns: Turn[] = []
  for (const { role, blocks } of said.slice(first)) {
    const speaker = role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    if (last?.role === speaker) last.blocks = merged(last.blocks, blocks)
    else turns.push({ role: speaker, blocks })
  }
  if (turns[0]?.role === 'assistant') turns.unshift({ role: 'user', blocks: [{ type: 'text', text: OPENING }] })
  const end = turns.at(-1)
  if (end?.role === 'assistant') end.blocks = withoutTrailingSpace(end.blocks)
  return {
    system: system.length > 0 ? joined(system) : null,
    messages: turns.map(({ role, blocks }) => ({ role, content: contentOf(blocks) })),
  }
}

/** Two messages of one speaker as one: texts that meet are joined, and what tools gave goes to the front. */
function merged(before: readonly Block[], after: readonly Block[]): Block[] {
  const results = [...before, ...after].filter(({ type }) => type === 'tool_result')
  const others = before.filter(({ type }) => type !== 'tool_result')
  for (const block of after) {
    const last = others.at(-1)
    if (block.type === 'tool_result') continue
    if (last && isText(last) && isText(block))
      others.splice(-1, 1, { type: 'text', text: joined([last.text, block.text]) })
    else others.push(block)
  }
  return [...results, ...others]
}

const withoutTrailingSpace = (blocks: readonly Block[]): Block[] =>
  blocks.map((block, at) =>
    at === blocks.length - 1 && isText(block) ? { type: 'text', text: block.text.trimEnd() } : block
  )

function contentOf(blocks: Block[]): string | Block[] {
  const [only] = blocks
  return blocks.length === 1 && only && isText(only) ? only.text : blocks
}

function blocksOf(message: ChatMessage): Block[] {
  if (message.role === 'tool') {
    const { toolCallId, content } = message
    return [{ type: 'tool_result', tool_use_id: wireId(toolCallId), ...(content === '' ? {} : { content }) }]
  }
  const { content } = message
  const said = typeof content === 'string' ? textBlocks(content) : (content ?? []).flatMap(partBlocks)
  if (!('toolCalls' in message)) return said
  const calls = message.toolCalls.map((call): Block => {
    return { type: 'tool_use', id: wireId(call.id), name: call.name, input: argumentsOf(call) }
  })
  return [...said, ...calls]
}

const textBlocks = (text: string): Block[] => (text.trim() === '' ? [] : [{ type: 'text', text }])

function partBlocks(part: ContentPart): Block[] {
  if (part.type === 'text') return textBlocks(part.text)
  const image = inlineImage(part.url)
  const source: JsonObject = image
    ? { type: 'base64', media_type: image.mediaType, data: image.base64 }
    : { type: 'url', url: part.url }
  return [{ type: 'image', source }]
}

/** An id that another provider gave may have characters that this API refuses. */
const wireId = (id: string): string => id.replaceAll(/[^\w-]/g, '_')
