import { z } from 'zod'
import { anthropicReply } from './anthropic-reply'
import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'
import { FAKE_STORY } from './fake-text'
import { createReplyScript, type Scripted } from './reply-script'

export interface FakeAnthropicOptions {
  /** Rows of `GET /models`; a plain id, or whatever the provider says of a model. */
  models?: readonly unknown[]
  /** The keys it takes; without them it takes anything. */
  keys?: readonly string[]
  /** Rows to a page of `GET /models`. */
  pageSize?: number
}

export interface FakeAnthropic extends FakeServer {
  /** The base URL to give to a provider. */
  url: string
  /** The next chat requests get these answers, one each; afterwards they get the fake story again. */
  answerWith(...replies: Scripted[]): void
  /** The same for another path: `/models`. */
  answerAt(path: string, ...replies: Scripted[]): void
  /** The bodies of all chat requests, in order. */
  chats(): unknown[]
}

const Source = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('base64'), media_type: z.string().startsWith('image/'), data: z.base64() }),
  z.strictObject({ type: z.literal('url'), url: z.url({ protocol: /^https$/ }) }),
])
const toolId = z.string().regex(/^[\w-]+$/)
const Block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('image'), source: Source }),
  z.strictObject({
    type: z.literal('tool_use'),
    id: toolId,
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().min(1) }),
  z.strictObject({ type: z.literal('redacted_thinking'), data: z.string().min(1) }),
  z.strictObject({ type: z.literal('tool_result'), tool_use_id: toolId, content: z.string().optional() }),
])
type Block = z.infer<typeof Block>
const Content = z
  .union([z.string().min(1), z.array(Block).min(1)])
  .transform((content): Block[] => (typeof content === 'string' ? [{ type: 'text', text: content }] : content))
const Tool = z.strictObject({
  name: z.string().regex(/^[\w-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
})

/** What the API insists on; a request without it is a bug that must not pass for a working one. */
const Chat = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.number().int().min(1),
  stream: z.literal(true),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: Content })).min(1),
  tools: z.array(Tool).min(1).optional(),
  thinking: z
    .looseObject({ type: z.enum(['enabled', 'disabled', 'adaptive']), budget_tokens: z.number() })
    .partial()
    .optional(),
  tool_choice: z.looseObject({ type: z.string() }).optional(),
})

/**
 * A server that speaks Anthropic's Messages API, on a free port of 127.0.0.1. It refuses what the real one refuses: a
 * request without version or `max_tokens`, turns that do not alternate, a forced tool while thinking. Used as
 * `startFakeOpenAi` is:
 *
 *     const fake = await startFakeAnthropic({ keys: ['sk-good'] })
 *     fake.answerWith(anthropicReply.stream(['Hello', gate, ' again'], { thinking: ['Hm'] }))
 */
export async function startFakeAnthropic(options: FakeAnthropicOptions = {}): Promise<FakeAnthropic> {
  const script = createReplyScript()
  const server = await startFakeServer(
    (request) => refusalOf(options, request) ?? script.take(request) ?? answer(options, request)
  )
  return {
    ...server,
    url: `${server.origin}/v1`,
    answerWith: (...replies) => script.once('/messages', replies),
    answerAt: (path, ...replies) => script.once(path, replies),
    chats: () => server.requestsTo('/messages').map((request) => request.body),
  }
}

function refusalOf(options: FakeAnthropicOptions, request: RecordedRequest): Reply | null {
  const key = request.headers['x-api-key'] ?? ''
  if (options.keys && !options.keys.includes(key))
    return anthropicReply.error(401, 'authentication_error', `invalid x-api-key ${key}`)
  if (request.headers['anthropic-version'] === undefined)
    return anthropicReply.error(400, 'invalid_request_error', 'anthropic-version: header is required')
  const wrong = request.path.endsWith('/messages') ? wrongIn(request.body) : null
  return wrong === null ? null : anthropicReply.error(400, 'invalid_request_error', wrong)
}

function wrongIn(body: unknown): string | null {
  const parsed = Chat.safeParse(body)
  if (!parsed.success) return z.prettifyError(parsed.error)
  const { messages, thinking, max_tokens: limit, tool_choice: choice } = parsed.data
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role'
  if (messages.some(({ role }, at) => role === messages[at - 1]?.role)) return 'messages: roles must alternate'
  const isBlank = (block: Block) => block.type === 'text' && block.text.trim() === ''
  if (messages.some(({ content }) => content.some(isBlank))) return 'messages: text content blocks must be non-empty'
  const wrongTurn = messages.find(({ content }, at) => !isAnswered(content, messages[at + 1]?.content))
  if (wrongTurn) return 'messages: `tool_use` ids were found without `tool_result` blocks immediately after'
  const hasCalls = messages.some(({ content }) => content.some(({ type }) => type === 'tool_use'))
  if (hasCalls && !parsed.data.tools)
    return 'Requests which include `tool_use` or `tool_result` blocks must define tools.'
  const last = messages.at(-1)
  const end = last?.content.at(-1)
  if (last?.role === 'assistant' && end?.type === 'text' && end.text !== end.text.trimEnd())
    return 'messages: final assistant content cannot end with trailing whitespace'
  const thinks = thinking !== undefined && thinking.type !== 'disabled'
  const lastAnswer = messages.findLast(({ role }) => role === 'assistant')
  const isCall = lastAnswer?.content.some(({ type }) => type === 'tool_use')
  if (thinking?.type === 'enabled' && isCall && !lastAnswer?.content[0]?.type.endsWith('thinking'))
    return 'messages: Expected `thinking` or `redacted_thinking`, but found `tool_use`'
  if (thinks && (choice?.type === 'tool' || choice?.type === 'any'))
    return 'Thinking may not be enabled when tool_choice forces tool use.'
  if (thinking?.budget_tokens !== undefined && limit <= thinking.budget_tokens)
    return 'max_tokens must be greater than thinking.budget_tokens'
  return null
}

/** Whether the calls of a turn have their results at the beginning of the next one, and nothing else before them. */
function isAnswered(content: readonly Block[], next: readonly Block[] = []): boolean {
  const calls = content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []))
  const results = next.slice(0, calls.length).map((block) => (block.type === 'tool_result' ? block.tool_use_id : null))
  return calls.every((id) => results.includes(id))
}

function answer(options: FakeAnthropicOptions, request: RecordedRequest): Reply {
  if (request.path.endsWith('/messages')) return anthropicReply.stream(FAKE_STORY)
  if (request.path.endsWith('/models')) return modelPage(options, request)
  return anthropicReply.error(404, 'not_found_error', 'Not found')
}

const Row = z.looseObject({ id: z.string() })

function modelPage(options: FakeAnthropicOptions, request: RecordedRequest): Reply {
  const all = (options.models ?? ['claude-test-4']).map((row) =>
    typeof row === 'string' ? { id: row, type: 'model', display_name: `Claude ${row}` } : row
  )
  const ids = all.map((row) => Row.safeParse(row).data?.id ?? null)
  const after = request.query['after_id']
  const from = after === undefined ? 0 : ids.indexOf(after) + 1
  const to = Math.min(from + (options.pageSize ?? all.length), all.length)
  return jsonReply({
    data: all.slice(from, to),
    has_more: to < all.length,
    first_id: ids[from] ?? null,
    last_id: ids[to - 1] ?? null,
  })
}
