import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Server } from '@contract/entities/server'
import type { Model } from '@contract/entities/model'
import { ollamaProtocol } from '@main/providers/protocols/ollama/ollama-protocol'
import { collect, connectTo, rejection, textOf } from './connect'
import { startTestCore, type TestCore } from './test-core'
import { lastPassage, providerOf, storyWith } from './test-story'

export interface OllamaUnderTest {
  url: string
  /** A chat model that is on the server. */
  model: string
  stop(): Promise<void>
}

/**
 * What holds for every Ollama, a fake as well as a real one. It changes nothing on the server.
 * @param missing why it cannot run here, to be read where it is skipped
 */
export function describeOllama(
  name: string,
  start: () => Promise<OllamaUnderTest>,
  missing: string | null = null
): void {
  const because = missing === null ? '' : ` (skipped: ${missing})`
  describe.skipIf(missing !== null)(`${name}${because}`, () => {
    let under: OllamaUnderTest
    let core: TestCore
    let server: Server
    const { signal } = new AbortController()
    const connection = () => connectTo('ollama', under.url, { secret: () => null })
    const ask = (content: string) => [{ role: 'user' as const, content }]

    beforeAll(async () => {
      under = await start()
      core = await startTestCore()
      server = await core.ask('servers.add', { name: 'Under test', url: under.url })
    })
    afterAll(async () => {
      await core.close()
      await under.stop()
    })

    it('is found to be Ollama, with its version and models', async () => {
      expect(await core.ask('servers.probe', { url: under.url, auth: { type: 'none' } })).toMatchObject({
        verdict: 'ok',
      })
      const checked = await core.ask('servers.check', { id: server.id })
      expect(checked.version).toMatch(/^\d+\.\d+/)
      expect(checked.modelCount).toBeGreaterThan(0)
    })

    it('tells what the model is', async () => {
      const found = (await core.ask('models.list', {})).find(
        (one): one is Model => one.serverId === server.id && one.model === under.model
      )
      expect(found).toMatchObject({ kind: 'chat', available: true })
      expect(found?.contextLength).toBeGreaterThan(255)
      const details = await core.ask('servers.modelDetails', { id: server.id, model: under.model })
      expect(details.info.length).toBeGreaterThan(0)
    })

    it('writes a passage of a story, and holds the model with the context that was asked for', async () => {
      const { id: providerId } = await providerOf(core, 'ollama')
      const samplers = { num_ctx: 2048, max_tokens: 200, seed: 1 }
      const story = await storyWith(core, { providerId, model: under.model, serverId: server.id, samplers })
      const { outcome, error } = await core.turn({ storyId: story.id, kind: 'send', text: 'A keeper lights the lamp.' })
      expect([outcome, error]).toEqual(['complete', null])
      expect((await lastPassage(core, story)).text.trim()).not.toBe('')
      const { models } = await core.ask('servers.activity', { id: server.id })
      const loaded = models.find(({ model }) => model === under.model)
      // Old servers do not tell the context.
      expect(loaded?.contextLength ?? 2048).toBeGreaterThanOrEqual(2048)
    })

    it('streams, and ends when the caller leaves', async () => {
      const request = { model: under.model, messages: ask('Tell a long story.'), parameters: {}, signal }
      for await (const event of ollamaProtocol.chat(connection(), request)) {
        expect(['text', 'reasoning', 'end']).toContain(event.type)
        break
      }
    })

    it('stops when it is told to', async () => {
      const stop = new AbortController()
      stop.abort(new Error('enough'))
      const stopped = { model: under.model, messages: ask('Tell a long story.'), parameters: {}, signal: stop.signal }
      expect(await rejection(collect(ollamaProtocol.chat(connection(), stopped)))).toMatchObject({ message: 'enough' })
    })

    it('says that it does not have a model that it does not have', async () => {
      const request = { model: 'no-such-model:0b', messages: ask('Hello'), parameters: {}, signal }
      expect(await rejection(collect(ollamaProtocol.chat(connection(), request)))).toMatchObject({
        code: 'model_not_found',
      })
    })

    it('takes a schema for the shape of its answer', async () => {
      const responseSchema = {
        type: 'object',
        properties: { mood: { type: 'string' } },
        required: ['mood'],
        additionalProperties: false,
      }
      const request = {
        model: under.model,
        messages: ask('What is the mood of the sea today? Answer in JSON with the one field mood.'),
        parameters: { options: { num_predict: 400 } },
        responseFormat: { type: 'schema' as const, schema: responseSchema },
        signal,
      }
      const text = textOf(await collect(ollamaProtocol.chat(connection(), request)))
      expect(JSON.parse(text)).toHaveProperty('mood')
    })
  })
}
