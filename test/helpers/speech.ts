export type ProtocolId = 'openai-chat' | 'anthropic' | 'ollama'

/** How a server says things in one protocol, as the bytes of a stream's body. */
export interface Speech {
  protocol: ProtocolId
  /** The content type of its streams. */
  type: string
  text(text: string): string
  /** The call of a tool; `parts` are its arguments in pieces of JSON. Ollama says it whole. */
  call(index: number, call: { id: string; name: string; parts: readonly string[] }): string
  /** Says why the model stopped: from here on there is nothing to wait for. Ollama says it with its last line alone. */
  finish(reason?: 'stop' | 'length'): string
  /** The last word of a stream. */
  end: string
  /** The body of an error. `word` is machine-readable; Ollama has none. */
  error(message: string, word?: string | number): unknown
  /** The same error inside a stream. */
  errorInStream(message: string, word?: string | number): string
}

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`
const line = (data: unknown): string => `${JSON.stringify(data)}\n`

const openAi: Speech = {
  protocol: 'openai-chat',
  type: 'text/event-stream',
  text: (content) => event({ choices: [{ index: 0, delta: { content } }] }),
  call: (index, { id, name, parts }) =>
    [
      { index, id, function: { name, arguments: '' } },
      ...parts.map((text) => ({ index, function: { arguments: text } })),
    ]
      .map((piece) => event({ choices: [{ index: 0, delta: { tool_calls: [piece] } }] }))
      .join(''),
  finish: (reason = 'stop') => event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }),
  end: 'data: [DONE]\n\n',
  error: (message, code) => ({ error: { message, code } }),
  errorInStream: (message, code) => event({ error: { message, code } }),
}

const anthropic: Speech = {
  protocol: 'anthropic',
  type: 'text/event-stream',
  call: (at, { id, name, parts }) => {
    // The text is block 0.
    const index = at + 1
    const block = { type: 'tool_use', id, name, input: {} }
    return [
      event({ type: 'content_block_start', index, content_block: block }),
      ...parts.map((json) =>
        event({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: json } })
      ),
    ].join('')
  },
  text: (text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  finish: (reason = 'stop') =>
    event({ type: 'message_delta', delta: { stop_reason: reason === 'stop' ? 'end_turn' : 'max_tokens' } }),
  end: event({ type: 'message_stop' }),
  error: (message, type = 'api_error') => ({ type: 'error', error: { type: String(type), message } }),
  errorInStream: (message, type = 'api_error') => event({ type: 'error', error: { type: String(type), message } }),
}

const ollama: Speech = {
  protocol: 'ollama',
  type: 'application/x-ndjson',
  text: (content) => line({ message: { role: 'assistant', content }, done: false }),
  call: (_index, { id, name, parts }) => {
    const call = { id, function: { name, arguments: JSON.parse(parts.join('')) as unknown } }
    return line({ message: { role: 'assistant', content: '', tool_calls: [call] }, done: false })
  },
  finish: () => '',
  end: line({ message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }),
  error: (error) => ({ error }),
  errorInStream: (error) => line({ error }),
}

export const speeches: Readonly<Record<ProtocolId, Speech>> = { 'openai-chat': openAi, anthropic, ollama }
