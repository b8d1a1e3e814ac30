import { z } from 'zod'
import { jsonReply, type RecordedRequest, type Reply } from './fake-server'
import { fakeVector, textsOf } from './fake-text'

export interface FakeOllamaModel {
  name: string
  /** Bytes. */
  size?: number
  architecture?: string
  quantization?: string
  contextLength?: number
  /** `completion`, `vision`, `tools`, `thinking`, `embedding`. */
  capabilities?: readonly string[]
  /** Set for a model that runs in Ollama's cloud. */
  remoteHost?: string
  /** Stands in `GET /api/ps`. */
  loaded?: boolean
  /** The context it was loaded with; 4,096 unless given. */
  loadedContext?: number
}

const SIZE = 4_700_000_000

const Embed = z.looseObject({ model: z.string(), input: z.unknown(), dimensions: z.number().int().default(8) })

/** A row of `GET /api/tags`. */
export function tagRow(model: FakeOllamaModel, old: boolean) {
  const family = model.architecture ?? 'llama'
  return {
    name: model.name,
    model: model.name,
    modified_at: '2026-01-01T00:00:00Z',
    size: model.size ?? SIZE,
    digest: 'f'.repeat(64),
    details: { family, families: [family], parameter_size: '8.0B', quantization_level: model.quantization ?? 'Q4_K_M' },
    ...(old ? {} : { capabilities: model.capabilities ?? ['completion'] }),
    ...(model.remoteHost ? { remote_host: model.remoteHost, remote_model: model.name } : {}),
  }
}

/** The answer to `POST /api/show`. */
export function shownBody(model: FakeOllamaModel, old: boolean) {
  const architecture = model.architecture ?? 'llama'
  return {
    license: 'A licence to write stories.',
    parameters: 'stop "<|end|>"\ntemperature 0.7',
    template: '{{ .Prompt }}',
    system: 'You tell stories.',
    modified_at: '2026-01-01T00:00:00Z',
    details: tagRow(model, old).details,
    model_info: {
      'general.architecture': architecture,
      'general.parameter_count': 8_030_261_312,
      [`${architecture}.context_length`]: model.contextLength ?? 131_072,
      [`${architecture}.embedding_length`]: 4096,
      'tokenizer.ggml.tokens': ['a', 'b'],
    },
    ...(old ? {} : { capabilities: model.capabilities ?? ['completion'] }),
  }
}

/** A row of `GET /api/ps`. */
export const runningRow = (model: FakeOllamaModel, old: boolean) => ({
  name: model.name,
  model: model.name,
  size: model.size ?? SIZE,
  size_vram: Math.floor((model.size ?? SIZE) / 2),
  expires_at: '2026-01-01T00:05:00Z',
  ...(old ? {} : { context_length: model.loadedContext ?? 4096 }),
})

export function embeddingsReply(request: RecordedRequest): Reply {
  const { model, input, dimensions } = Embed.parse(request.body)
  const texts = textsOf(input)
  return jsonReply({
    model,
    embeddings: texts.map((text) => fakeVector(text, dimensions)),
    prompt_eval_count: texts.length,
  })
}
