import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScenes, type Scenes } from '@test/helpers/gateway-scenes'

const run = promisify(execFile)
const model = 'fake/fake-model'

let stage: Scenes
beforeAll(async () => {
  stage = await openScenes()
})
afterAll(() => stage.close())

describe('curl', () => {
  const curl = async (...parameters: string[]) => (await run('curl', ['-sS', ...parameters])).stdout
  const body = (more: Record<string, unknown>) =>
    JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], ...more })

  it('asks, streams and is told what is wrong', async () => {
    const url = `${stage.url}/chat/completions`
    const json = ['-H', 'Content-Type: application/json', '-H', `Authorization: Bearer ${stage.key}`]
    expect(JSON.parse(await curl(url, ...json, '-d', body({})))).toMatchObject({
      choices: [{ message: { content: 'Good evening.' } }],
    })
    expect(await curl('-N', url, ...json, '-d', body({ stream: true }))).toMatch(
      /^data: .*\n\ndata: [^]*\ndata: \[DONE\]\n\n$/
    )
    const written = await curl('-w', '%{http_code}', url, ...json, '-d', body({ model: 'nothing/here' }))
    expect(written).toMatch(/model_not_found.*404$/s)
  })

  it('sees the bytes of tool calls and of what fits a schema as OpenAI streams them', async () => {
    const streamed = async (more: Record<string, unknown>) => {
      const asked = JSON.stringify({ model, stream: true, stream_options: { include_usage: true }, ...more })
      const text = await curl(
        '-N',
        `${stage.url}/chat/completions`,
        '-H',
        `Authorization: Bearer ${stage.key}`,
        '-d',
        asked
      )
      // What differs from one answer to the next.
      return text.replaceAll(/"id":"chatcmpl-[^"]+","object":"chat.completion.chunk","created":\d+/g, '"head":1')
    }
    const chunk = (choice: string) =>
      `data: {"head":1,"model":"${model}","usage":null,"choices":[{"index":0,${choice}}]}\n\n`
    const delta = (text: string) => chunk(`"delta":${text},"logprobs":null,"finish_reason":null`)
    const ended = (reason: string, usage: string) =>
      `${chunk(`"delta":{},"logprobs":null,"finish_reason":"${reason}"`)}data: {"head":1,"model":"${model}","choices":[],"usage":${usage}}\n\ndata: [DONE]\n\n`
    expect(
      await streamed({
        messages: [{ role: 'user', content: 'Roll' }],
        tools: [{ type: 'function', function: { name: 'roll' } }],
      })
    ).toBe(
      [
        delta('{"role":"assistant","content":""}'),
        delta(
          '{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"roll","arguments":"{\\"sides\\""}}]}'
        ),
        delta('{"tool_calls":[{"index":0,"function":{"arguments":":6}"}}]}'),
        // Nobody counted: these are about as many.
        ended('tool_calls', '{"prompt_tokens":19,"completion_tokens":5,"total_tokens":24}'),
      ].join('')
    )
    const schema = { type: 'object', properties: { name: { type: 'string' }, age: { type: 'number' } } }
    const format = { type: 'json_schema', json_schema: { name: 'person', schema } }
    expect(await streamed({ messages: [{ role: 'user', content: 'Who?' }], response_format: format })).toBe(
      [
        delta('{"role":"assistant","content":""}'),
        ...['{"name":', '"Ann","age":', '41}'].map((content) => delta(JSON.stringify({ content }))),
        ended('stop', '{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}'),
      ].join('')
    )
  })
})
