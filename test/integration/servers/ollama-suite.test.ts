import { startFakeOllama } from '@test/helpers/fake-ollama'
import { describeOllama } from '@test/helpers/ollama-suite'

/** What `npm run test:live` asks of a real server, asked of the fake: so that the fake cannot drift from the real one. */
for (const [name, options] of [
  ['a new Ollama', {}],
  ['an old Ollama', { old: true, version: '0.5.1' }],
] as const)
  describeOllama(name, async () => {
    const fake = await startFakeOllama({ ...options, models: [{ name: 'llama-test:8b' }] })
    return { url: fake.url, model: 'llama-test:8b', stop: fake.stop }
  })
