import { describeOllamaRoles } from '@test/helpers/ollama-roles-suite'
import { describeOllama } from '@test/helpers/ollama-suite'
import { describeOllamaTemplates } from '@test/helpers/ollama-templates-suite'

/**
 * Asks a real Ollama what the fake is asked in `test/integration/servers/ollama-suite.test.ts`; there both suites run against
 * `fake-ollama`, so that they are known to work where no Ollama is at hand.
 *
 *     FABULA_LIVE_OLLAMA=http://127.0.0.1:11434 FABULA_LIVE_OLLAMA_MODEL=llama3.2:3b \
 *       FABULA_LIVE_OLLAMA_EMBEDDER=nomic-embed-text npm run test:live
 */
const {
  FABULA_LIVE_OLLAMA: url = '',
  FABULA_LIVE_OLLAMA_MODEL: model = '',
  FABULA_LIVE_OLLAMA_EMBEDDER: embedder = '',
} = process.env

const stop = () => Promise.resolve()

const noModel = url === '' || model === '' ? 'FABULA_LIVE_OLLAMA and FABULA_LIVE_OLLAMA_MODEL are not set' : null

describeOllama('a real Ollama', () => Promise.resolve({ url, model, stop }), noModel)
describeOllamaTemplates('a real Ollama', () => Promise.resolve({ url, model, stop }), noModel)

describeOllamaRoles(
  'a real Ollama',
  () => Promise.resolve({ url, model, embedder, stop }),
  url === '' || model === '' || embedder === ''
    ? 'FABULA_LIVE_OLLAMA, FABULA_LIVE_OLLAMA_MODEL and FABULA_LIVE_OLLAMA_EMBEDDER are not set'
    : null
)
