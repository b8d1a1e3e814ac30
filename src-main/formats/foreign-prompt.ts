import { z } from 'zod'
import type { JsonObject, JsonValue } from '@contract/values'
import { faultOf } from './file-fault'
import { looseNumber, looseSwitch, looseText } from './loose'
import { readPromptText, type PromptPart } from './story-string'

/** What a field of a prompt says that has no place here, and changes the writing there. */
export interface PromptLoss {
  field: string
  value: JsonValue
}

/** The prompt of SillyTavern that a file brings. */
export interface ForeignPrompt {
  /** Empty where the file has no name inside. */
  name: string
  /** What the model is told to be and to do; null where the file says nothing of it. */
  instructions: readonly PromptPart[] | null
  /** How the parts of the prompt follow each other before the story; null where the file says nothing of it. */
  frame: readonly PromptPart[] | null
  /** What is said behind the newest passage. */
  afterStory: readonly PromptPart[]
  losses: PromptLoss[]
}

const SystemPrompt = z.object({ name: looseText, content: looseText, post_history: looseText })
const Context = z.object({
  name: looseText,
  story_string: looseText,
  chat_start: looseText,
  story_string_position: looseNumber,
  single_line: looseSwitch,
})
const Part = z.object({
  identifier: looseText,
  content: looseText,
  marker: looseSwitch,
  injection_position: looseNumber,
})
const Orders = z.array(
  z.object({
    character_id: looseNumber,
    order: z.array(z.object({ identifier: looseText, enabled: looseSwitch })),
  })
)

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: readonly PropertyKey[]
): z.output<Schema> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw faultOf(read.error, at)
}

/** A system prompt and a context template of SillyTavern, each of which may be missing. Throws `file_invalid` with the field. */
export function readTextPrompt(
  { sysprompt, context }: { sysprompt: JsonObject | null; context: JsonObject | null },
  at: (part: 'sysprompt' | 'context') => readonly PropertyKey[]
): ForeignPrompt {
  const system = sysprompt && parsed(SystemPrompt, sysprompt, at('sysprompt'))
  const frame = context && parsed(Context, context, at('context'))
  const losses: PromptLoss[] = []
  if (frame?.single_line) losses.push({ field: 'single_line', value: true })
  // 1: among the passages, at a depth.
  if (frame && (frame.story_string_position ?? 0) > 0)
    losses.push({ field: 'story_string_position', value: frame.story_string_position })
  return {
    name: system?.name || frame?.name || '',
    instructions: system && readPromptText(system.content),
    frame: frame && [...readPromptText(frame.story_string), ...chatStart(frame.chat_start)],
    afterStory: readPromptText(system?.post_history ?? ''),
    losses,
  }
}

/** What stands between the story string and the chat. Stars and lines only part the two. */
const chatStart = (text: string): PromptPart[] =>
  /\p{L}/u.test(text) ? [{ kind: 'text', text: '\n\n' }, ...readPromptText(text)] : []

/** What the places in the order of a chat-completion preset stand for that bring no words of their own. */
const markers: ReadonlyMap<string, string> = new Map([
  ['worldInfoBefore', 'wiBefore'],
  ['worldInfoAfter', 'wiAfter'],
  ['charDescription', 'description'],
  ['charPersonality', 'personality'],
  ['scenario', 'scenario'],
  ['personaDescription', 'persona'],
  ['dialogueExamples', 'mesExamples'],
])

/** The prompts of a chat-completion preset in their order; null where it has none. Throws `file_invalid` with the field. */
export function readChatPrompt(fields: JsonObject): ForeignPrompt | null {
  if (!Array.isArray(fields['prompts'])) return null
  const prompts = parsed(z.array(Part), fields['prompts'], ['prompts'])
  const byId = new Map(prompts.map((part) => [part.identifier, part]))
  const frame: PromptPart[] = []
  const afterStory: PromptPart[] = []
  let target = frame
  for (const identifier of orderOf(fields) ?? byId.keys()) {
    const part = byId.get(identifier)
    const marker = markers.get(identifier)
    if (identifier === 'chatHistory') target = afterStory
    else if (marker !== undefined)
      target.push({ kind: 'macro', name: marker.toLowerCase(), values: [], source: '' }, GAP)
    // 1: among the passages, at a depth: nearer to their end than to their beginning.
    else if (part && part.content.trim() !== '')
      (part.injection_position === 1 ? afterStory : target).push(...readPromptText(part.content), GAP)
  }
  // Places alone say nothing that Fabula's own prompt does not say.
  if (![...frame, ...afterStory].some((part) => part !== GAP && part.kind !== 'macro')) return null
  return { name: '', instructions: null, frame, afterStory, losses: [] }
}

const GAP: PromptPart = { kind: 'text', text: '\n\n' }

/** The order that is in force where no character has one of its own, without what is switched off. */
function orderOf(fields: JsonObject): string[] | null {
  const orders = Orders.safeParse(fields['prompt_order']).data ?? []
  const chosen = orders.find((one) => one.character_id === 100_001) ?? orders.at(-1)
  if (!chosen) return null
  return chosen.order.flatMap(({ identifier, enabled }) => (enabled === false ? [] : [identifier]))
}
