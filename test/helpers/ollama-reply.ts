import { jsonReply, type Reply, type Step } from './fake-server'
import type { Gate } from './gate'

export interface OllamaStreamOptions {
  thinking?: readonly string[]
  /** `stop` or `length`. */
  reason?: string
  model?: string
  counts?: { prompt_eval_count?: number; eval_count?: number }
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

const piece = (model: string, message: Record<string, unknown>): string =>
  line({ model, created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', ...message }, done: false })

const lines = (steps: readonly Step[]): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/x-ndjson' },
  steps,
})

const textSteps = (parts: readonly (string | Gate)[], model: string): Step[] =>
  parts.map((part) => (typeof part === 'string' ? piece(model, { content: part }) : { wait: part }))

/** Scripted answers to `POST /api/chat`. */
export const ollamaReply = {
  /** Streams the parts one by one; at a gate it waits until the test opens it. */
  stream: (parts: readonly (string | Gate)[], options: OllamaStreamOptions = {}): Reply => {
    const { model = 'fake', reason = 'stop', counts = { prompt_eval_count: 12, eval_count: 5 } } = options
    return lines([
      ...(options.thinking ?? []).map((thinking) => piece(model, { content: '', thinking })),
      ...textSteps(parts, model),
      line({ model, message: { role: 'assistant', content: '' }, done: true, done_reason: reason, ...counts }),
    ])
  },

  /** The pieces of a text that a model goes on with (`POST /api/generate`). */
  completion: (parts: readonly string[], reason = 'stop'): Reply =>
    lines([
      ...parts.map((response) => line({ model: 'fake', response, done: false })),
      line({ model: 'fake', response: '', done: true, done_reason: reason, prompt_eval_count: 3, eval_count: 2 }),
    ]),

  /** Tool calls, whole, so many to a line as the test puts together. */
  toolCalls: (rows: readonly (readonly Record<string, unknown>[])[], text = ''): Reply =>
    lines([
      ...rows.map((calls) => piece('fake', { content: text, tool_calls: calls })),
      line({ model: 'fake', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }),
    ]),

  /** Bytes as the test gives them. */
  bytes: (pieces: readonly Step[]): Reply => lines(pieces),

  /** An error status with Ollama's error body. */
  error: (status: number, message: string): Reply => jsonReply({ error: message }, status),

  /** An error in the middle of a stream that began with 200. */
  errorInStream: (after: readonly string[], message: string): Reply =>
    lines([...textSteps(after, 'fake'), line({ error: message })]),

  /** The stream ends, properly by HTTP, before the line that says so. */
  cutOff: (parts: readonly string[]): Reply => lines(textSteps(parts, 'fake')),

  /** The connection breaks after these parts. */
  resetAfter: (parts: readonly string[]): Reply =>
    lines([{ do: 'headers' }, ...textSteps(parts, 'fake'), { do: 'reset' }]),
}
