import type { ModelFacts } from '@contract/entities/model'
import { unknownModel } from '@main/providers/kit/failures'
import type { Connection, EmbedAnswer, EmbedRequest, Protocol } from '@main/providers/spec/protocol'
import { BUILTIN_MODEL, dimensionsOf } from './builtin-model'
import { embedText } from './embed-text'

const models: readonly ModelFacts[] = [
  {
    model: BUILTIN_MODEL,
    name: 'Words and related words',
    kind: 'embedding',
    contextLength: null,
    maxOutput: null,
    supportedParameters: ['dimensions'],
    capabilities: ['text'],
    price: { input: 0, output: 0 },
    size: null,
    quantization: null,
    local: true,
  },
]

/** Texts between two looks at the signal: enough to be quick, few enough that the window stays responsive. */
const AT_ONCE = 32

async function embed(provider: Connection, { model, texts, parameters, signal }: EmbedRequest): Promise<EmbedAnswer> {
  if (model !== BUILTIN_MODEL) throw unknownModel({ ...provider, model })
  const dimensions = dimensionsOf(parameters['dimensions'])
  const vectors: number[][] = []
  for (const text of texts) {
    if (vectors.length % AT_ONCE === 0) await nextTask(signal)
    vectors.push(embedText(text, dimensions))
  }
  return { vectors, usage: { inputTokens: null, outputTokens: null, cost: 0 } }
}

/** Lets everything else that waits run first. Throws the signal's reason when it is aborted. */
async function nextTask(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise<void>((resolve) => setImmediate(resolve))
  signal.throwIfAborted()
}

/**
 * The embedder that comes with Fabula: offline, without a download and without a key. It compares texts by their words,
 * by word parts, and by a list of words that speak of one thing. It has no chat model, and its connection is never used.
 */
export const builtinProtocol: Protocol = {
  id: 'builtin',
  async *listModels(_connection, signal) {
    signal.throwIfAborted()
    yield [...models]
  },
  async checkKey(_connection, signal) {
    signal.throwIfAborted()
    return { models: models.length, creditLeft: null }
  },
  chat: (provider, { model }) => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(unknownModel({ ...provider, model })) }),
  }),
  embed,
}
