import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { JsonObject, type JsonValue } from '@contract/values'
import { ApiError } from '@main/gateway/api-error'
import { createAnswerRecord, createChunkWriter } from '@main/gateway/chat-answer'
import { readChatRequest } from '@main/gateway/chat-request'
import type { ChatEvent } from '@main/providers/spec/chat'

const hello = [{ role: 'user', content: 'Hello' }]
const read = (body: JsonObject) => readChatRequest({ model: 'a/b', messages: hello, ...body })

/** The error that a body is refused with. */
function refusal(body: JsonValue): ApiError {
  try {
    readChatRequest(body)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('The body was expected to be refused')
}
const refused = (body: JsonObject) => refusal({ model: 'a/b', messages: hello, ...body })

describe('the messages of a request', () => {
  it('are understood in every form that OpenAI has', () => {
    const { messages } = read({
      messages: [
        { role: 'developer', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'system', content: 'Be kind.', name: 'rules' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'One.' },
            { type: 'text', text: 'Two.' },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
            { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'A die, then.',
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'roll', arguments: '{"sides":6}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: '4' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'A four.' }] },
        { role: 'assistant', content: null, refusal: 'No.' },
      ],
    })
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'One.\nTwo.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', url: 'data:image/png;base64,AAAA', detail: 'low' },
          { type: 'image', url: 'https://example.org/a.png' },
        ],
      },
      {
        role: 'assistant',
        content: null,
        toolCalls: [{ id: 'call_1', name: 'roll', arguments: '{"sides":6}' }],
        reasoning: 'A die, then.',
      },
      { role: 'tool', toolCallId: 'call_1', content: '4' },
      { role: 'assistant', content: 'A four.' },
      { role: 'assistant', content: 'No.' },
    ])
  })

  it('keep what a provider wants back with its tool call', () => {
    const extra_content = { google: { thought_signature: 'abc' } }
    const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' }, extra_content }
    const { messages } = read({ messages: [...hello, { role: 'assistant', tool_calls: [call] }] })
    expect(messages[1]).toMatchObject({ toolCalls: [{ extra: { extra_content } }] })
  })

  it('keep what a provider signed of its thoughts with the calls that they led to, as an answer told it', () => {
    const head = { id: 'a', created: 1, model: 'm', reads: 1 }
    const text = { type: 'reasoning.text', index: 0 }
    const events: readonly ChatEvent[] = [
      { type: 'reasoning', text: 'Let', details: [{ ...text, text: 'Let' }] },
      { type: 'reasoning', text: ' me see.', details: [{ ...text, text: ' me see.' }] },
      { type: 'reasoning', text: '', details: [{ ...text, signature: 's' }] },
      { type: 'toolCall', index: 0, id: 'c', name: 'f', arguments: '{}' },
      { type: 'end', reason: 'toolCalls', usage: { inputTokens: 1, outputTokens: 1, cost: null } },
    ]
    const record = createAnswerRecord(head)
    const writer = createChunkWriter(head, false)
    for (const event of events) record.add(event)
    const Whole = z.object({ choices: z.tuple([z.object({ message: JsonObject })]) })
    const [{ message }] = Whole.parse(record.body()).choices
    const reasoningDetails = [{ ...text, text: 'Let me see.', signature: 's' }]
    expect(read({ messages: [...hello, message] }).messages[1]).toMatchObject({
      reasoning: 'Let me see.',
      reasoningDetails,
    })
    expect(
      events
        .slice(0, 3)
        .map((event) => writer.write(event))
        .join('')
    ).toContain('"reasoning_details":[{"type":"reasoning.text","index":0,"signature":"s"}]')
  })

  it.each([
    ['a role that nobody knows', [{ role: 'function', content: 'x' }], 'messages[0].role'],
    ['no content', [{ role: 'user' }], 'messages[0].content'],
    ['a number as content', [...hello, { role: 'user', content: 5 }], 'messages[1].content'],
    ['sound', [{ role: 'user', content: [{ type: 'input_audio' }] }], 'messages[0].content[0].type'],
    [
      'an address that Fabula or its network would have to ask',
      [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'http://10.0.0.1/x.png' } }] }],
      'messages[0].content[0].image_url.url',
    ],
    ['a tool result of no call', [{ role: 'tool', content: 'x' }], 'messages[0].tool_call_id'],
    ['no message at all', [], 'messages'],
  ])('are refused with %s, by the name of the field', (_name, messages, param) => {
    expect(refused({ messages })).toMatchObject({ status: 400, param })
  })
})

describe('the fields of a request', () => {
  it('become tools, a choice and a format', () => {
    const asked = read({
      tools: [
        {
          type: 'function',
          function: { name: 'roll', description: 'Dice.', parameters: { type: 'object' }, strict: true },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'roll' } },
      parallel_tool_calls: false,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'person', schema: { type: 'object' }, strict: true },
      },
    })
    expect(asked).toMatchObject({
      tools: [{ name: 'roll', description: 'Dice.', parameters: { type: 'object' }, strict: true }],
      toolChoice: { name: 'roll' },
      parallelToolCalls: false,
      responseFormat: { type: 'schema', name: 'person', schema: { type: 'object' }, strict: true },
    })
    expect(read({ response_format: { type: 'json_object' } }).responseFormat).toEqual({ type: 'json' })
    expect(read({ response_format: { type: 'text' } }).responseFormat).toBeNull()
  })

  it('become samplers by the names that Fabula has for them, the newer name of the limit first', () => {
    const { parameters } = read({
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 10,
      max_completion_tokens: 20,
      frequency_penalty: 1,
      presence_penalty: -1,
      seed: 7,
      stop: 'END',
      logit_bias: { '50256': -100 },
      reasoning_effort: 'low',
    })
    expect(parameters).toEqual({
      samplers: {
        temperature: 0.5,
        top_p: 0.9,
        max_tokens: 20,
        frequency_penalty: 1,
        presence_penalty: -1,
        seed: 7,
        stop: ['END'],
        logit_bias: { '50256': -100 },
        reasoning_effort: 'low',
      },
      extra: {},
    })
  })

  it('that nobody knows are kept for the provider; null says nothing', () => {
    const { parameters, stream } = read({
      user: 'ann',
      top_k: 40,
      temperature: null,
      stop: null,
      stream: null,
      tools: null,
    })
    expect(parameters).toEqual({ samplers: {}, extra: { user: 'ann', top_k: 40 } })
    expect(stream).toBe(false)
  })

  it('that change nothing are let pass', () => {
    const asked = read({
      n: 1,
      logprobs: false,
      top_logprobs: 0,
      modalities: ['text'],
      functions: [],
      stream_options: {},
    })
    expect(asked.parameters.extra).toEqual({})
  })

  it.each([
    [{ model: '' }, 'model'],
    [{ n: 2 }, 'n'],
    [{ temperature: 6 }, 'temperature'],
    [{ temperature: '1' }, 'temperature'],
    [{ top_p: -0.1 }, 'top_p'],
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ max_completion_tokens: 1.5 }, 'max_completion_tokens'],
    [{ stop: [1] }, 'stop[0]'],
    [{ logprobs: true }, 'logprobs'],
    [{ top_logprobs: 3 }, 'top_logprobs'],
    [{ modalities: ['text', 'audio'] }, 'modalities'],
    [{ audio: { voice: 'alloy' } }, 'audio'],
    [{ functions: [{ name: 'f' }] }, 'functions'],
    [{ tools: [{ type: 'custom', custom: { name: 'x' } }] }, 'tools[0].type'],
    [{ tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    [
      {
        tools: [{ type: 'function', function: { name: 'a' } }],
        tool_choice: { type: 'function', function: { name: 'b' } },
      },
      'tool_choice',
    ],
    [{ response_format: { type: 'xml' } }, 'response_format.type'],
    [{ response_format: { type: 'json_schema' } }, 'response_format.json_schema'],
  ])('%j is refused by the name of the field', (body, param) => {
    const error = refused(body)
    expect(error).toMatchObject({ status: 400, param, type: 'invalid_request_error' })
    expect(error.message).toContain(`\`${param}\``)
  })

  it.each([[null], [[]], ['text'], [{}]])('a body that is %j is refused and named no field of its own', (body) => {
    expect(refusal(body).status).toBe(400)
  })

  it.each([
    [{ messages: undefined }, '`messages`: is missing.'],
    [{ messages: [] }, '`messages`: must have at least 1 item.'],
    [{ messages: [{ role: 'user' }] }, '`messages[0].content`: is missing.'],
    [{ messages: [{ role: 'user', content: null }] }, '`messages[0].content`: must be a text or a list, and is null.'],
    [{ model: '' }, '`model`: must have at least 1 character.'],
    [{ temperature: '1' }, '`temperature`: must be a number, and is a text.'],
    [{ temperature: 6 }, '`temperature`: must be at most 5.'],
    [{ max_tokens: 1.5 }, '`max_tokens`: must be a whole number, and is a number.'],
    [{ stop: 7 }, '`stop`: must be a text or a list, and is a number.'],
    [{ tool_choice: 'any' }, '`tool_choice`: must be "none", "auto", "required" or an object.'],
    [{ response_format: { type: 'xml' } }, '`response_format.type`: must be "text", "json_object" or "json_schema".'],
  ])('%j is refused in words for the one who wrote it', (body, message) => {
    expect(refused(body as JsonObject).message).toBe(message)
  })

  it('a body of more values than any request has is refused before each of them is looked into', () => {
    const error = refused({ messages: Array.from({ length: 60_000 }, () => ({ role: 'x' })) })
    expect(error).toMatchObject({ status: 400, param: null, message: expect.stringContaining('100,000 values') })
  })

  it('a body of more fields than any provider has settings is refused, and not looked through for each', () => {
    const fields = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`field${index}`, 1]))
    expect(refused(fields)).toMatchObject({ status: 400, param: null, message: expect.stringContaining('200 fields') })
  })

  it('a body nested beyond all reason is refused before anything looks into it', () => {
    let deep: JsonObject = {}
    for (let level = 0; level < 10_000; level += 1) deep = { deep }
    expect(refused({ deep })).toMatchObject({ status: 400, param: null })
  })
})
