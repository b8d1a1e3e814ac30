import { describe, expect, it } from 'vitest'
import { contextLimit } from '@main/providers/kit/context-limit'
import { readErrorBody } from '@main/providers/kit/error-body'

const error = (message: string, more: Record<string, unknown> = {}) => JSON.stringify({ error: { message, ...more } })

/** What providers and servers really say. A new wording is one more row. */
const wordings: [who: string, body: string, tokens: number][] = [
  [
    'llama.cpp',
    error('request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it', {
      code: 400,
      type: 'exceed_context_size_error',
      n_prompt_tokens: 9412,
      n_ctx: 8192,
    }),
    8192,
  ],
  ['llama.cpp, in words alone', error('the request exceeds the available context size (4,096 tokens)'), 4096],
  [
    'OpenAI',
    error("This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."),
    8192,
  ],
  [
    'vLLM',
    JSON.stringify({
      object: 'error',
      message:
        "This model's maximum context length is 32768 tokens. However, you requested 40000 tokens (39000 in the messages).",
      code: 400,
    }),
    32_768,
  ],
  ['Anthropic', error('prompt is too long: 210000 tokens > 200000 maximum'), 200_000],
  [
    'Gemini',
    error('The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'),
    1_048_576,
  ],
  [
    'LM Studio',
    error(
      'Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens'
    ),
    4096,
  ],
  ['TabbyAPI', error('Prompt length 9000 is greater than max_seq_len 8192'), 8192],
]

describe('the error about a text that is too long', () => {
  it.each(wordings)('of %s tells how much the model reads', (_who, body, tokens) => {
    expect(contextLimit(readErrorBody(body))).toBe(tokens)
  })

  it.each([
    ['no number', error('Your prompt is too long')],
    ['a number that is none of tokens', error('maximum context length is 3 tokens')],
    ['a negative one', error('too long', { n_ctx: -1 })],
    ['half a one', error('too long', { n_ctx: 4096.5 })],
  ])('tells nothing with %s', (_what, body) => {
    expect(contextLimit(readErrorBody(body))).toBeNull()
  })
})
