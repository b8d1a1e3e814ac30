import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatReply } from '@test/helpers/chat-reply'
import { openGatewayStage, type GatewayStage } from '@test/helpers/gateway-stage'
import { ollamaReply } from '@test/helpers/ollama-reply'

let stage: GatewayStage
beforeAll(async () => {
  stage = await openGatewayStage()
})
afterAll(() => stage.close())

const preset = 'preset/Gothic nights/main'
const onOllama = 'config/Backup'
const question = { role: 'user', content: 'How is the weather?' }
const tools = [
  { type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: { place: {} } } } },
]
const image = (url: string) => ({ role: 'user', content: [{ type: 'image_url', image_url: { url } }] })
const png = 'data:image/png;base64,iVBORw0KGgo='

async function post(body: Record<string, unknown>) {
  const response = await fetch(`${stage.gateway.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: preset, messages: [question], ...body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
const json = async (body: Record<string, unknown>) => {
  const answer = await post(body)
  return { ...answer, body: JSON.parse(answer.text) as unknown }
}

const piece = (more: Record<string, unknown>, text: string) => ({
  index: 0,
  ...more,
  function: { arguments: text, ...more },
})
const called = (place: string) => ({ function: { name: 'weather', arguments: { place } } })

describe('tools through the chain', () => {
  it('are offered to the next model where the first fails before its first piece', async () => {
    stage.fake.answerWith(chatReply.error(500, 'broken'), chatReply.error(500, 'broken'))
    stage.ollama.answerWith(ollamaReply.toolCalls([[called('Rome'), called('Oslo')]]))
    const { body, headers } = await json({ tools, stream: false })
    expect(body).toMatchObject({
      choices: [
        {
          finish_reason: 'tool_calls',
          message: {
            content: null,
            tool_calls: [
              { type: 'function', function: { name: 'weather', arguments: '{"place":"Rome"}' } },
              { type: 'function', function: { name: 'weather', arguments: '{"place":"Oslo"}' } },
            ],
          },
        },
      ],
    })
    expect(headers.get('x-fabula-model')).toBe('llama-test:8b')
    expect(stage.ollama.chats().at(-1)).toMatchObject({ tools: [{ function: { name: 'weather' } }] })
  })

  it('that a reader has begun to see are not begun anew by another model', async () => {
    const asked = stage.ollama.chats().length
    stage.fake.answerWith(chatReply.toolCalls([[piece({ id: 'c1', name: 'weather' }, '{"pl')]], null))
    const { text } = await post({ tools, stream: true })
    expect(text).toContain('"name":"weather"')
    expect(text).toContain('"error"')
    expect(text).not.toContain('[DONE]')
    expect(stage.ollama.chats()).toHaveLength(asked)
  })

  it('that nobody has seen yet are begun anew, and only the whole call is told', async () => {
    stage.fake.answerWith(chatReply.toolCalls([[piece({ id: 'c1', name: 'weather' }, '{"pl')]], null))
    stage.ollama.answerWith(ollamaReply.toolCalls([[called('Rome')]]))
    const { body } = await json({ tools, stream: false })
    expect(body).toMatchObject({
      choices: [{ message: { tool_calls: [{ function: { arguments: '{"place":"Rome"}' } }] } }],
    })
  })
})

describe('what was thought before a tool call', () => {
  const thought = {
    role: 'assistant',
    content: null,
    reasoning_content: 'Where are we?',
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{}' } }],
  }
  const messages = [question, thought, { role: 'tool', tool_call_id: 'c1', content: 'Rain' }]

  it('goes back with the call, also to Ollama', async () => {
    await post({ tools, messages })
    expect(stage.fake.chats().at(-1)).toMatchObject({ messages: [{}, { reasoning_content: 'Where are we?' }, {}] })
    await post({ tools, messages, model: onOllama })
    expect(stage.ollama.chats().at(-1)).toMatchObject({ messages: [{}, { thinking: 'Where are we?' }, {}] })
  })

  it('stays out where the provider refuses it, at once and from then on', async () => {
    const before = stage.fake.chats().length
    stage.fake.answerWith(
      chatReply.error(400, "'messages.1' : for 'role:assistant' property 'reasoning_content' is unsupported")
    )
    expect((await post({ tools, messages })).status).toBe(200)
    expect((await post({ tools, messages })).status).toBe(200)
    const sent = stage.fake.chats().slice(before)
    expect(sent.map((body) => JSON.stringify(body).includes('Where are we?'))).toEqual([true, false, false])
    expect(sent.at(-1)).toMatchObject({ messages: [{}, { tool_calls: [{ id: 'c1' }] }, {}] })
  })
})

describe('images', () => {
  it('reach a model of which nobody knows whether it takes them', async () => {
    await post({ messages: [image(png), image('https://example.org/a.png')] })
    expect(stage.fake.chats().at(-1)).toMatchObject({ messages: [image(png), image('https://example.org/a.png')] })
  })

  it('are no reason to tell of a backup that takes none, in the place of why it was to be asked', async () => {
    stage.fake.answerWith(chatReply.error(500, 'broken'), chatReply.error(500, 'broken'))
    const { body } = await json({ messages: [image(png)] })
    expect(body).toMatchObject({ error: { code: 'provider_server_failed' } })

    const switchModel = (enabled: boolean) =>
      stage.app.ask('models.update', { id: 'fake/fake-model', patch: { enabled } })
    await switchModel(false)
    const unasked = await json({ messages: [image(png)] })
    await switchModel(true)
    expect(unasked).toMatchObject({ status: 403, body: { error: { code: 'model_disabled' } } })
  })

  it('are refused before the call where the list of models says that the model takes none', async () => {
    const asked = stage.ollama.chats().length
    const { status, body } = await json({ model: onOllama, messages: [image(png)] })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { code: 'model_without_images', param: 'messages' } })
    expect(stage.ollama.chats()).toHaveLength(asked)
  })
})
