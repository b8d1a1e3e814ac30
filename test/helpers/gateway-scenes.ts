import { z } from 'zod'
import { freePort } from './free-port'
import { chatReply } from './chat-reply'
import type { RecordedRequest, Reply } from './fake-server'
import { createGate } from './gate'
import { anyKey } from './gateway-keys-stage'
import { fakeKeys, openGatewayStage, type GatewayStage } from './gateway-stage'
import { startFakeOllama } from './fake-ollama'
import { startFakeOpenAi } from './fake-openai'
import { fakeProvider } from './test-story'

const Chat = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
})

/** What the model says to the last message of a request, so that every client can be led through the same scenes. */
function sceneOf({ body, headers }: RecordedRequest): Reply {
  const last = Chat.parse(body).messages.at(-1)
  if (last?.role === 'tool') return chatReply.stream([`You rolled ${JSON.stringify(last.content)}.`])
  switch (last?.content) {
    case 'Roll':
      return chatReply.toolCalls([
        [{ index: 0, id: 'call_1', type: 'function', function: { name: 'roll', arguments: '{"sides"' } }],
        [{ index: 0, function: { arguments: ':6}' } }],
      ])
    case 'Who?':
      return chatReply.stream(['{"name":', '"Ann","age":', '41}'])
    case 'Too long':
      return chatReply.error(400, { message: 'This is too long.', code: 'context_length_exceeded' })
    case 'Break off':
      return chatReply.resetAfter(['Once upon'])
    case 'Never end':
      return chatReply.stream(['Once', createGate()])
    // The first key is limited; the one after it is not.
    case 'Fail over':
      return headers['authorization'] === `Bearer ${fakeKeys[0]}`
        ? chatReply.error(429, 'slow down', { 'retry-after': '30' })
        : chatReply.stream(['From the ', 'second key.'])
    default:
      return chatReply.stream(['Good ', 'evening.'], { reasoning: ['It is late.'] })
  }
}

export interface Scenes extends GatewayStage {
  /** Where the app itself listens for programs, and a key that it takes. */
  url: string
  key: string
  /** Makes the first key of `fake/fake-model` usable and the first server of `ollama/llama-test:8b` dead, unnoticed. */
  prepareFailures(): Promise<void>
}

/**
 * A gateway whose models play the same scenes to every client; behind `limited/fake-model` is a provider that always asks to
 * slow down.
 */
export async function openScenes(): Promise<Scenes> {
  const stage = await openGatewayStage()
  const { app, fake, server, provider } = stage
  fake.alwaysAnswerWith(sceneOf)
  const limited = await startFakeOpenAi()
  limited.alwaysAnswerWith(chatReply.error(429, 'Slow down.', { 'retry-after': '90' }))
  await fakeProvider(app, limited.url, { name: 'Limited' })
  const dying = await startFakeOllama()
  const first = await app.ask('servers.add', { name: 'First', url: dying.url })
  await app.ask('servers.reorder', { ids: [first.id, server.id] })
  await dying.goDown()
  const { key } = await app.ask('gateway.createKey', anyKey('A program'))
  await app.ask('gateway.change', { port: await freePort() })
  const { url } = await app.ask('gateway.switch', { on: true })
  if (url === null) throw new Error('The gateway does not listen')
  return {
    ...stage,
    url,
    key,
    prepareFailures: async () => {
      await dying.comeBack()
      await app.ask('servers.check', { id: first.id })
      await dying.goDown()
      const keys = await app.ask('tokens.list', {})
      const key = keys.find(({ providerId, name }) => providerId === provider.id && name === 'Key 1')
      if (key) await app.ask('tokens.replaceSecret', { id: key.id, secret: fakeKeys[0] })
    },
    close: async () => {
      await stage.close()
      await Promise.all([limited.stop(), dying.stop()])
    },
  }
}
