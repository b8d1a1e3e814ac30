import { startFakeOllama } from '@test/helpers/fake-ollama'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { localOllama } from '@test/helpers/local-ollama'
import { ollamaReply } from '@test/helpers/ollama-reply'
import { describeOllamaRoles } from '@test/helpers/ollama-roles-suite'
import { describeOllama } from '@test/helpers/ollama-suite'
import { describeOllamaTemplates } from '@test/helpers/ollama-templates-suite'

const Shaped = z.looseObject({ format: z.looseObject({ required: z.array(z.string()) }).optional() })
const shapes: Readonly<Record<string, string>> = {
  verdict: JSON.stringify({ verdict: 'passes', contradictions: [] }),
  queries: JSON.stringify({ queries: ['brass astrolabe'] }),
}

/** What `npm run test:live` asks of a real server, asked of the fake: so that the fake cannot drift from the real one. */
for (const [name, options] of [
  ['a new Ollama', {}],
  ['an old Ollama', { old: true, version: '0.5.1' }],
] as const)
  describeOllama(name, async () => {
    const fake = await startFakeOllama({ ...options, models: [{ name: 'llama-test:8b' }] })
    return { url: fake.url, model: 'llama-test:8b', stop: fake.stop }
  })

describeOllamaRoles('a new Ollama', async () => {
  const fake = await startFakeOllama()
  fake.alwaysAnswerAt('/api/chat', (request) => {
    const { model } = z.looseObject({ model: z.string() }).parse(request.body)
    if (!fake.modelNames().includes(model)) return ollamaReply.error(404, `model '${model}' not found`)
    const [field = ''] = Shaped.parse(request.body).format?.required ?? []
    return ollamaReply.stream([shapes[field] ?? 'The lamp was cold to the hand.'])
  })
  return { url: fake.url, model: 'llama-test:8b', embedder: 'embed-test:latest', stop: fake.stop }
})

describeOllamaTemplates('a new Ollama', async () => {
  const fake = await startFakeOllama({ models: [{ name: 'llama-test:8b' }] })
  return { url: fake.url, model: 'llama-test:8b', stop: fake.stop }
})

it('finds what `npm run test:live` asks: the smallest models of an Ollama that answers', async () => {
  const fake = await startFakeOllama({
    models: [
      { name: 'llama-test:8b', capabilities: ['completion', 'tools'] },
      { name: 'embed-test:latest', capabilities: ['embedding'], architecture: 'bert' },
    ],
  })
  expect(await localOllama(fake.url)).toEqual({ url: fake.url, model: 'llama-test:8b', embedder: 'embed-test:latest' })
  await fake.stop()
  expect(await localOllama(fake.url)).toBeNull()
})
