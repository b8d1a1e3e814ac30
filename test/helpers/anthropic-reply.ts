import { jsonReply, type Reply, type Step } from './fake-server'
import type { Gate } from './gate'

export interface MessageOptions {
  /** Sent as a thinking block before the text. */
  thinking?: readonly string[]
  /** Null: the stream ends without saying why. */
  stop?: string | null
  stopDetails?: Record<string, unknown>
  usage?: { input_tokens: number; output_tokens: number; cache_read_input_tokens?: number }
  /** The pieces of JSON that a tool is called with, after the text. */
  toolInput?: readonly string[]
  /** Further calls, each with the pieces of its JSON. */
  calls?: readonly { id: string; name: string; input: readonly string[] }[]
}

const event = (type: string, more: Record<string, unknown> = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`

const stream = (steps: readonly Step[]): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  steps,
})

const delta = (index: number, part: Record<string, unknown>): string =>
  event('content_block_delta', { index, delta: part })

const block = (index: number, content: Record<string, unknown>, deltas: readonly Step[]): Step[] => [
  event('content_block_start', { index, content_block: content }),
  ...deltas,
  event('content_block_stop', { index }),
]

const textSteps = (parts: readonly (string | Gate)[]): Step[] =>
  parts.map((part) => (typeof part === 'string' ? delta(1, { type: 'text_delta', text: part }) : { wait: part }))

const start = (usage: Record<string, unknown>): string =>
  event('message_start', {
    message: { id: 'msg_fake', type: 'message', role: 'assistant', content: [], stop_reason: null, usage },
  })

/** Scripted answers to `POST /messages`. */
export const anthropicReply = {
  /** Streams the parts one by one, with the pings and the order of the real API; waits at a gate. */
  stream: (parts: readonly (string | Gate)[], options: MessageOptions = {}): Reply => {
    const { stop = 'end_turn', usage = { input_tokens: 12, output_tokens: 5 } } = options
    const { output_tokens, ...input } = usage
    const thoughts = (options.thinking ?? []).map((thinking) => delta(0, { type: 'thinking_delta', thinking }))
    const json = (options.toolInput ?? []).map((part) => delta(2, { type: 'input_json_delta', partial_json: part }))
    return stream([
      start({ ...input, output_tokens: 1 }),
      event('ping'),
      ...(thoughts.length > 0
        ? block(0, { type: 'thinking', thinking: '' }, [
            ...thoughts,
            delta(0, { type: 'signature_delta', signature: 'x' }),
          ])
        : []),
      ...(parts.length > 0 ? block(1, { type: 'text', text: '' }, textSteps(parts)) : []),
      ...(json.length > 0 ? block(2, { type: 'tool_use', id: 'toolu_fake', name: 'answer', input: {} }, json) : []),
      ...(options.calls ?? []).flatMap(({ id, name, input }, at) =>
        block(
          at + 3,
          { type: 'tool_use', id, name, input: {} },
          input.map((part) => delta(at + 3, { type: 'input_json_delta', partial_json: part }))
        )
      ),
      event('ping'),
      ...(stop === null
        ? []
        : [
            event('message_delta', {
              delta: { stop_reason: stop, ...(options.stopDetails ? { stop_details: options.stopDetails } : {}) },
              usage: { output_tokens },
            }),
            event('message_stop'),
          ]),
    ])
  },

  /** Bytes as the test gives them, to cut a stream where it hurts. */
  bytes: (pieces: readonly Step[]): Reply => stream(pieces),

  /** The whole answer at once, as without `stream`. */
  whole: (content: readonly Record<string, unknown>[], stop = 'end_turn'): Reply =>
    jsonReply({
      id: 'msg_fake',
      type: 'message',
      role: 'assistant',
      content,
      stop_reason: stop,
      usage: { input_tokens: 12, output_tokens: 5 },
    }),

  /** An error status with the API's error body. */
  error: (status: number, type: string, message: string, headers: Record<string, string> = {}): Reply =>
    jsonReply({ type: 'error', error: { type, message }, request_id: 'req_fake' }, status, headers),

  /** An error in the middle of a stream that began with 200. */
  errorInStream: (after: readonly string[], type: string, message: string): Reply =>
    stream([start({ input_tokens: 12 }), ...textSteps(after), event('error', { error: { type, message } })]),

  /** The connection breaks after these parts. */
  resetAfter: (parts: readonly string[]): Reply => stream([{ do: 'headers' }, ...textSteps(parts), { do: 'reset' }]),
}
