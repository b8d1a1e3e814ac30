import { afterAll, beforeAll, expect, it } from 'vitest'
import { jsonReply } from '@test/helpers/fake-server'
import { answered, chunksOf, linesOf, post, WireError } from '@test/helpers/gateway-client'
import { openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'

let stage: GatewayStage
beforeAll(async () => {
  stage = await openGatewayStage()
})
afterAll(() => stage.close())

const complete = (body: Record<string, unknown>) =>
  post(stage.gateway.url, '/completions', { model: 'demo/demo-novelist', prompt: 'Once upon', ...body })
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`

it('a model of Demo goes on with a text, whole and streamed', async () => {
  const { status, body, header } = await answered(await complete({ max_tokens: 20 }))
  expect([status, header('x-fabula-provider')]).toEqual([200, 'Demo'])
  expect(body).toMatchObject({
    object: 'text_completion',
    model: 'demo/demo-novelist',
    choices: [{ index: 0, text: expect.stringMatching(/\w/), finish_reason: expect.stringMatching(/stop|length/) }],
  })
  const chunks = chunksOf(await linesOf(await complete({ stream: true, max_tokens: 20 })))
  expect(chunks[0]).toMatchObject({ object: 'text_completion', choices: [{ index: 0, finish_reason: null }] })
  expect(chunks.at(-1)).toBe('[DONE]')
})

it('a server that has completions is asked for one, with the samplers that the program set', async () => {
  stage.fake.answerAt('/completions', {
    ...jsonReply({}),
    headers: { 'content-type': 'text/event-stream' },
    steps: [
      event({ choices: [{ index: 0, text: ' a time', finish_reason: null }] }),
      event({ choices: [{ index: 0, text: '', finish_reason: 'stop' }] }),
      event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }),
      'data: [DONE]\n\n',
    ],
  })
  const { body } = await answered(
    await complete({ model: 'fake/fake-model', prompt: ['Once upon'], suffix: '.', temperature: 0.4, top_k: 5 })
  )
  expect(body).toMatchObject({
    choices: [{ text: ' a time', finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  })
  const sent = stage.fake.requestsTo('/completions').at(-1)
  expect(sent?.path).toBe('/v1/completions')
  expect(sent?.body).toMatchObject({
    model: 'fake-model',
    prompt: 'Once upon',
    suffix: '.',
    temperature: 0.4,
    top_k: 5,
  })
})

it.each([
  ['several prompts', { prompt: ['One', 'Two'] }, 'prompt'],
  ['token numbers', { prompt: [1, 2] }, 'prompt'],
  ['no prompt', { prompt: null }, 'prompt'],
  ['several answers', { n: 2 }, 'n'],
  ['the best of several', { best_of: 3 }, 'best_of'],
  ['its own words back', { echo: true }, 'echo'],
  ['the chances of tokens', { logprobs: 5 }, 'logprobs'],
  ['a model that makes vectors', { model: 'fake/fake-embedding' }, 'model'],
])('a request for %s is refused by the name of the field', async (_what, body, param) => {
  const response = await complete(body)
  expect(response.status).toBe(400)
  expect(WireError.parse(await response.json()).error.param).toBe(param)
})
