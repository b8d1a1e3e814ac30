import { describe, expect, it } from 'vitest'
import { readErrorBody } from '@main/providers/kit/error-body'
import { refusedParameters } from '@main/providers/kit/refused-parameters'

const openAi = (message: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null, ...more } })
const anthropic = (message: string) =>
  JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message } })
const google = (message: string) =>
  JSON.stringify([{ error: { code: 400, message, status: 'INVALID_ARGUMENT', details: [] } }])

/** What providers and servers really say. A new wording is one more row. */
const refusals: [who: string, body: string, names: string[], status?: number][] = [
  ['Anthropic, since Opus 4.7', anthropic('`temperature` is deprecated for this model.'), ['temperature']],
  [
    'Anthropic, a field it does not know',
    anthropic('frequency_penalty: Extra inputs are not permitted'),
    ['frequency_penalty'],
  ],
  ['Anthropic, a part of a field', anthropic('thinking.display: Extra inputs are not permitted'), ['thinking.display']],
  [
    'OpenAI, a reasoning model',
    openAi("Unsupported parameter: 'top_p' is not supported with this model.", {
      param: 'top_p',
      code: 'unsupported_parameter',
    }),
    ['top_p'],
  ],
  [
    'OpenAI, one value only',
    openAi(
      "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
      {
        param: 'temperature',
        code: 'unsupported_value',
      }
    ),
    ['temperature'],
  ],
  [
    'OpenAI, a code and no words',
    openAi('Bad request', { param: 'logit_bias', code: 'unsupported_parameter' }),
    ['logit_bias'],
  ],
  ['OpenAI, a field it does not know', openAi('Unrecognized request argument supplied: top_k'), ['top_k']],
  ['OpenAI, several', openAi('Unrecognized request arguments supplied: min_p, top_k'), ['min_p', 'top_k']],
  ['OpenAI, newer', openAi("Unknown parameter: 'top_a'.", { param: 'top_a', code: 'unknown_parameter' }), ['top_a']],
  ['Azure', openAi("Additional properties are not allowed ('top_k' was unexpected) - 'top_k'"), ['top_k']],
  [
    'Gemini',
    google('Invalid JSON payload received. Unknown name "frequency_penalty": Cannot find field.'),
    ['frequency_penalty'],
  ],
  [
    'Gemini, several',
    google(
      'Invalid JSON payload received. Unknown name "min_p": Cannot find field.\nInvalid JSON payload received. Unknown name "top_a": Cannot find field.'
    ),
    ['min_p', 'top_a'],
  ],
  [
    "Gemini's own API",
    google('Invalid JSON payload received. Unknown name "topK" at \'generation_config\': Cannot find field.'),
    ['top_k'],
  ],
  ['Gemini, in prose', google('Presence penalty is not enabled for models/gemini-2.5-pro'), ['presence_penalty']],
  [
    'Gemini, in shorter prose',
    google('Penalty is not enabled for this model'),
    ['presence_penalty', 'frequency_penalty'],
  ],
  ['Groq, a field it does not know', openAi("property 'top_k' is unsupported"), ['top_k']],
  [
    'Groq, a model that does not reason',
    openAi('`reasoning_effort` is not supported with this model'),
    ['reasoning_effort'],
  ],
  ['xAI', openAi('Model grok-4 does not support parameter presencePenalty.'), ['presence_penalty']],
  [
    'xAI, older',
    JSON.stringify({
      code: 'Client specified an invalid argument',
      error: 'Argument not supported on this model: stop',
    }),
    ['stop'],
  ],
  [
    'Mistral',
    JSON.stringify({
      object: 'error',
      message: { detail: [{ type: 'extra_forbidden', loc: ['body', 'top_k'], msg: 'Extra inputs are not permitted' }] },
      type: 'invalid_request_error',
    }),
    ['top_k'],
    422,
  ],
  [
    'FastAPI, several',
    JSON.stringify({
      detail: [
        { type: 'extra_forbidden', loc: ['body', 'min_p'], msg: 'Extra inputs are not permitted' },
        { type: 'extra_forbidden', loc: ['body', 'options', 'top_a'], msg: 'Extra inputs are not permitted' },
      ],
    }),
    ['min_p', 'options.top_a'],
    422,
  ],
  [
    'vLLM',
    JSON.stringify({
      object: 'error',
      message:
        "[{'type': 'extra_forbidden', 'loc': ('body', 'top_a'), 'msg': 'Extra inputs are not permitted', 'input': 0.2}]",
      type: 'BadRequestError',
      param: null,
      code: 400,
    }),
    ['top_a'],
  ],
  ['Fireworks', openAi("Extra inputs are not permitted, field: 'top_a', value: 0.2"), ['top_a']],
  [
    'LiteLLM',
    openAi("litellm.UnsupportedParamsError: openai does not support parameters: ['top_k', 'min_p'], for model=gpt-4."),
    ['top_k', 'min_p'],
  ],
  [
    'Amazon Bedrock',
    openAi('Malformed input request: #: extraneous key [top_k] is not permitted, please reformat'),
    ['top_k'],
  ],
  ['Cohere', JSON.stringify({ message: "invalid request: parameter 'top_a' is not a valid field" }), ['top_a']],
  ['llama.cpp', openAi('Unsupported param: logit_bias', { code: 500 }), ['logit_bias'], 500],
  ['Ollama', JSON.stringify({ error: '"llama3.2:latest" does not support thinking' }), ['thinking', 'think']],
  ['Ollama, a level', JSON.stringify({ error: 'think value "high" is not supported for this model' }), ['think']],
  ['Python', openAi("create() got an unexpected keyword argument 'top_a'"), ['top_a']],
]

const refused = (body: string, status: number | null) => refusedParameters(status, readErrorBody(body))

describe('a refusal by name', () => {
  it.each(refusals)('of %s is read', (_who, body, names, status = 400) => {
    const found = refused(body, status)
    expect(found?.names).toEqual(expect.arrayContaining(names))
    expect(found?.always).toBe(true)
  })

  it.each([
    [
      'two at once',
      anthropic('`temperature` and `top_p` cannot both be specified for this model. Please use only one.'),
      'top_p',
    ],
    [
      'while thinking',
      anthropic(
        '`temperature` may only be set to 1 when thinking is enabled or in adaptive mode. Please consult our documentation.'
      ),
      'temperature',
    ],
    [
      'in a range while thinking',
      anthropic('`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.'),
      'top_p',
    ],
    ['not at all while thinking', anthropic('`top_k` must be unset when thinking is enabled.'), 'top_k'],
  ])('holds for this request alone: %s', (_what, body, name) => {
    expect(refused(body, 400)).toEqual({ names: [name], always: false })
  })

  it.each([
    ['a value out of range', anthropic('temperature: range 0..1')],
    [
      'a value out of range, by code',
      openAi('Invalid value', { param: 'temperature', code: 'decimal_above_max_value' }),
    ],
    ['a limit that is too high', openAi('max_tokens is too large: 100000. This model supports at most 4096.')],
    ['a value that is not allowed to be so', openAi('temperature is not allowed to be greater than 1')],
    ['nothing', openAi('Bad request')],
    ['a web page', '<!doctype html><p>temperature is not supported'],
  ])('is not seen in %s', (_what, body) => {
    expect(refused(body, 400)).toBeNull()
  })

  it('is not seen in an answer that is about something else than the request', () => {
    expect(refused(openAi("Unsupported parameter: 'top_p'"), 429)).toBeNull()
    expect(refused(openAi("Unsupported parameter: 'top_p'"), 401)).toBeNull()
  })
})
