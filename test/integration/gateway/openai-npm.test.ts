import OpenAI from 'openai'
import { zodResponseFormat } from 'openai/helpers/zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { chatReply } from '@test/helpers/chat-reply'
import { collect } from '@test/helpers/connect'
import { openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'

let stage: GatewayStage
let client: OpenAI
beforeAll(async () => {
  stage = await openGatewayStage()
  client = new OpenAI({ apiKey: 'fab-test', baseURL: stage.gateway.url })
})
afterAll(() => stage.close())

const model = 'fake/fake-model'
const hello = [{ role: 'user' as const, content: 'Hello' }]

/** What a call of the client was rejected with. */
async function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error('The call was expected to fail')
    },
    (error: unknown) => error
  )
}

describe('the openai package of npm', () => {
  it('gets a whole answer, and who gave it', async () => {
    stage.fake.answerWith(chatReply.stream(['Good ', 'evening.'], { reasoning: ['It is late.'] }))
    const { data, response } = await client.chat.completions.create({ model, messages: hello }).withResponse()
    expect(data).toMatchObject({
      object: 'chat.completion',
      model,
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          message: { role: 'assistant', content: 'Good evening.', reasoning_content: 'It is late.' },
        },
      ],
      usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
    })
    expect(data.id).toMatch(/^chatcmpl-/)
    expect(response.headers.get('x-fabula-model')).toBe('fake-model')
    expect(response.headers.get('x-fabula-attempts')).toBe('1')
    expect(response.headers.get('x-request-id')).toMatch(/^req-/)
  })

  it('streams: the role first, then words, the reason of the end, and the usage where it is wanted', async () => {
    const stream = await client.chat.completions.create({
      model,
      messages: hello,
      stream: true,
      stream_options: { include_usage: true },
    })
    const chunks = await collect(stream)
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(
      'Once upon a time, in a house by the sea, жил старый маяк 🌊.'
    )
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 17 } })
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  })

  it('gets what fits a schema', async () => {
    stage.fake.answerWith(chatReply.stream(['{"name":', '"Ann"}']))
    const answer = await client.chat.completions.parse({
      model,
      messages: hello,
      response_format: zodResponseFormat(z.object({ name: z.string() }), 'person'),
    })
    expect(answer.choices[0]?.message.parsed).toEqual({ name: 'Ann' })
    expect(stage.fake.chats().at(-1)).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true } },
    })
  })

  it('lists models and asks for one', async () => {
    const ids = (await collect(client.models.list())).map(({ id }) => id)
    expect(ids).toContain('preset/Gothic nights/main')
    expect(await client.models.retrieve('preset/Gothic nights/main')).toMatchObject({ owned_by: 'fabula' })
  })

  it('gets vectors, which it asks for in base64', async () => {
    const { data, usage } = await client.embeddings.create({ model: 'fake/fake-embedding', input: ['one', 'two'] })
    expect(data.map(({ index, embedding }) => [index, embedding.length])).toEqual([
      [0, 8],
      [1, 8],
    ])
    const plain = await client.embeddings.create({
      model: 'fake/fake-embedding',
      input: 'two',
      dimensions: 4,
      encoding_format: 'float',
    })
    expect(plain.data[0]?.embedding).toHaveLength(4)
    expect(usage).toEqual({ prompt_tokens: 2, total_tokens: 2 })
  })

  it('throws its own typed errors', async () => {
    const chat = (body: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>) =>
      failure(client.chat.completions.create({ model, messages: hello, ...body }))
    expect(await chat({ model: 'nothing/here' })).toBeInstanceOf(OpenAI.NotFoundError)
    expect(await chat({ n: 2 })).toMatchObject({ status: 400, param: 'n', type: 'invalid_request_error' })
    stage.gateway.allow(() => false)
    expect(await chat({})).toBeInstanceOf(OpenAI.PermissionDeniedError)
    stage.gateway.allow(() => true)
    stage.fake.answerWith(chatReply.error(400, { message: 'too long', code: 'context_length_exceeded' }))
    const long = await chat({})
    expect(long).toBeInstanceOf(OpenAI.BadRequestError)
    expect(long).toMatchObject({ code: 'context_length_exceeded' })
  })
})
