import { localOllama } from '@test/helpers/local-ollama'
import { describeOllamaRoles } from '@test/helpers/ollama-roles-suite'
import { describeOllama } from '@test/helpers/ollama-suite'
import { describeOllamaTemplates } from '@test/helpers/ollama-templates-suite'

/**
 * Asks a real Ollama what the fake is asked in `test/integration/servers/ollama-suite.test.ts`; there all suites run against
 * `fake-ollama`, so that they are known to work where no Ollama is at hand. It is the one on this computer, with the
 * smallest models that it has, unless another one is named:
 *
 *     FABULA_LIVE_OLLAMA=http://127.0.0.1:11434 FABULA_LIVE_OLLAMA_MODEL=llama3.2:3b \
 *       FABULA_LIVE_OLLAMA_EMBEDDER=nomic-embed-text npm run test:live
 */
const { FABULA_LIVE_OLLAMA: url = 'http://127.0.0.1:11434', ...named } = process.env
const found = await localOllama(url)
const model = named['FABULA_LIVE_OLLAMA_MODEL'] ?? found?.model ?? ''
const embedder = named['FABULA_LIVE_OLLAMA_EMBEDDER'] ?? found?.embedder ?? ''

const stop = () => Promise.resolve()
const nothing = found ? null : `no Ollama answers at ${url}; FABULA_LIVE_OLLAMA names another address`
const noModel = nothing ?? (model === '' ? `the Ollama at ${url} has no model for chats` : null)
const noEmbedder = noModel ?? (embedder === '' ? `the Ollama at ${url} has no model for search by meaning` : null)

describeOllama('a real Ollama', () => Promise.resolve({ url, model, stop }), noModel)
describeOllamaTemplates('a real Ollama', () => Promise.resolve({ url, model, stop }), noModel)
describeOllamaRoles('a real Ollama', () => Promise.resolve({ url, model, embedder, stop }), noEmbedder)
