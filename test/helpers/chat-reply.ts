import type { Reply, Step } from './fake-server'
import { jsonReply } from './fake-server'
import type { Gate } from './gate'

export interface StreamOptions {
  /** Sent as thinking before the text; the name of the field is the provider's: OpenRouter's by default. */
  reasoning?: readonly string[]
  reasoningField?: 'reasoning' | 'reasoning_content'
  /** Null: the stream ends without saying why. */
  finish?: string | null
  usage?: { prompt_tokens: number; completion_tokens: number; cost?: number } | null
  /** The comments with which OpenRouter keeps a connection alive. */
  comments?: boolean
  model?: string
}

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`

const chunk = (model: string, delta: unknown, finish: string | null = null): string =>
  event({
    id: 'chatcmpl-fake',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })

const stream = (steps: readonly Step[]): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  steps,
})

const textSteps = (parts: readonly (string | Gate)[], model: string): Step[] =>
  parts.map((part) => (typeof part === 'string' ? chunk(model, { content: part }) : { wait: part }))

/** Scripted answers to `POST /chat/completions`. */
export const chatReply = {
  /** Streams the parts one by one; at a gate it waits until the test opens it. */
  stream: (parts: readonly (string | Gate)[], options: StreamOptions = {}): Reply => {
    const { model = 'fake-model', finish = 'stop', usage = { prompt_tokens: 12, completion_tokens: 5 } } = options
    const field = options.reasoningField ?? 'reasoning'
    return stream([
      ...(options.comments ? [': OPENROUTER PROCESSING\n\n', ': OPENROUTER PROCESSING\n\n'] : []),
      chunk(model, { role: 'assistant', content: '' }),
      ...(options.reasoning ?? []).map((thought) => chunk(model, { [field]: thought })),
      ...textSteps(parts, model),
      ...(finish === null ? [] : [chunk(model, {}, finish)]),
      ...(usage === null ? [] : [event({ id: 'chatcmpl-fake', choices: [], usage })]),
      ...(finish === null ? [] : ['data: [DONE]\n\n']),
    ])
  },

  /** Tool calls as they stand in the pieces of a stream: one list of pieces for each chunk. */
  toolCalls: (chunks: readonly (readonly Record<string, unknown>[])[], finish: string | null = 'tool_calls'): Reply =>
    stream([
      chunk('fake-model', { role: 'assistant', content: null }),
      ...chunks.map((pieces) => chunk('fake-model', { tool_calls: pieces })),
      ...(finish === null ? [] : [chunk('fake-model', {}, finish), 'data: [DONE]\n\n']),
    ]),

  /** The pieces of a text that a model goes on with (`POST /completions`). */
  completion: (parts: readonly string[], finish: string | null = 'stop'): Reply =>
    stream([
      ...parts.map((text) => event({ object: 'text_completion', choices: [{ index: 0, text, finish_reason: null }] })),
      ...(finish === null
        ? []
        : [
            event({ choices: [{ index: 0, text: '', finish_reason: finish }] }),
            event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }),
            'data: [DONE]\n\n',
          ]),
    ]),

  /** Bytes as the test gives them, to cut a stream where it hurts. */
  bytes: (pieces: readonly Step[]): Reply => stream(pieces),

  /** The whole answer at once, as without `stream`. */
  whole: (text: string | null, model = 'fake-model', more: Record<string, unknown> = {}): Reply =>
    jsonReply({
      id: 'chatcmpl-fake',
      object: 'chat.completion',
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: text, ...more }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 12, completion_tokens: 5 },
    }),

  /** An error status with OpenAI's error body. */
  error: (status: number, error: Record<string, unknown> | string, headers: Record<string, string> = {}): Reply =>
    jsonReply({ error: typeof error === 'string' ? { message: error } : error }, status, headers),

  /** An error in the middle of a stream that began with 200, as OpenRouter sends it. */
  errorInStream: (after: readonly string[], error: Record<string, unknown>): Reply =>
    stream([
      ...textSteps(after, 'fake-model'),
      event({ error, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] }),
      'data: [DONE]\n\n',
    ]),

  /** A model that declines, in OpenAI's field for it. */
  refusal: (text: string): Reply =>
    stream([chunk('fake-model', { refusal: text }), chunk('fake-model', {}, 'stop'), 'data: [DONE]\n\n']),

  /** An answer that ends without a word. */
  empty: (finish = 'stop'): Reply => chatReply.stream([], { finish }),

  /** A stream with a line that is not JSON. */
  invalidJson: (after: readonly string[] = []): Reply =>
    stream([...textSteps(after, 'fake-model'), 'data: {"choices":[{"delta"\n\n', 'data: [DONE]\n\n']),

  /** The connection breaks after these parts. */
  resetAfter: (parts: readonly string[]): Reply =>
    stream([{ do: 'headers' }, ...textSteps(parts, 'fake-model'), { do: 'reset' }]),
}
