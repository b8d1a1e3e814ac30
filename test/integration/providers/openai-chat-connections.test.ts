import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { openAiChatProtocol } from '@main/providers/protocols/openai-chat/openai-chat-protocol'
import { collect, connectTo, textOf } from '@test/helpers/connect'

const LAST = 'data: [DONE]\n\n'

/** A provider that says `Done.`, and then does with the connection what `after` does; with the connections it was given. */
async function serve(after: (response: ServerResponse) => void) {
  let connections = 0
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: {"choices":[{"delta":{"content":"Done."},"finish_reason":"stop"}]}\n\n')
    response.write(LAST, () => after(response))
  })
  server.on('connection', () => (connections += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const ask = async () =>
    textOf(
      await collect(
        openAiChatProtocol.chat(connectTo('openrouter', `http://127.0.0.1:${port}/v1`), {
          model: 'maker/model',
          messages: [{ role: 'user', content: 'Go on.' }],
          parameters: {},
          signal: new AbortController().signal,
        })
      )
    )
  return { ask, connections: () => connections }
}

it('a connection whose end comes after the last word serves the next call', async () => {
  const { ask, connections } = await serve((response) => setTimeout(() => response.end(), 2))
  for (let count = 0; count < 6; count += 1) expect(await ask()).toBe('Done.')
  // On a busy computer one or the other end comes too late to be waited for.
  expect(connections()).toBeLessThan(6)
})

it('a connection that stays open after the last word is not waited for', async () => {
  const { ask } = await serve(() => {})
  expect(await ask()).toBe('Done.')
})
