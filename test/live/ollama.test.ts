import { describeOllama } from '@test/helpers/ollama-suite'

const { FABULA_LIVE_OLLAMA: url = '', FABULA_LIVE_OLLAMA_MODEL: model = '' } = process.env

describeOllama(
  'a real Ollama',
  () => Promise.resolve({ url, model, stop: () => Promise.resolve() }),
  url === '' || model === '' ? 'FABULA_LIVE_OLLAMA and FABULA_LIVE_OLLAMA_MODEL are not set' : null
)
