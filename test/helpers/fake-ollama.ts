import { z } from 'zod'
import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'
import { FAKE_STORY, fakeVector, textsOf } from './fake-text'
import { ollamaReply } from './ollama-reply'
import { createReplyScript, type Scripted } from './reply-script'

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
}

export interface FakeOllamaOptions {
  models?: readonly FakeOllamaModel[]
  version?: string
  /** Answers in the shape of servers before 0.6.4, which tell no capabilities. */
  old?: boolean
  /** The key it takes, as behind a proxy; without it it takes anything. */
  key?: string
}

export interface FakeOllama extends FakeServer {
  /** The base URL to give to a server. */
  url: string
  /** The next chat requests get these answers, one each; afterwards they get the fake story again. */
  answerWith(...replies: Scripted[]): void
  /** Every chat request gets this answer from now on; null brings the fake story back. */
  alwaysAnswerWith(reply: Scripted | null): void
  /** The same for another path: `/api/tags`, `/api/show`, `/api/version`, `/api/embed`. */
  answerAt(path: string, ...replies: Scripted[]): void
  /** The bodies of all chat requests, in order. */
  chats(): unknown[]
}

const defaultModels: readonly FakeOllamaModel[] = [
  { name: 'llama-test:8b', capabilities: ['completion', 'tools'] },
  {
    name: 'embed-test:latest',
    capabilities: ['embedding'],
    architecture: 'bert',
    contextLength: 2048,
    size: 300_000_000,
  },
]

const Named = z.looseObject({ model: z.string() })
const Embed = z.looseObject({ model: z.string(), input: z.unknown(), dimensions: z.number().int().default(8) })

/**
 * A server that speaks Ollama's own API, on a free port of 127.0.0.1. Used as `startFakeOpenAi` is:
 *
 *     const fake = await startFakeOllama({ models: [{ name: 'llama-test:8b', contextLength: 8192 }] })
 *     fake.answerWith(ollamaReply.stream(['Hello', gate, ' again']))
 */
export async function startFakeOllama(options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const script = createReplyScript()
  const server = await startFakeServer(
    (request) => refusalOf(options, request) ?? script.take(request) ?? answer(options, request)
  )
  return {
    ...server,
    url: server.origin,
    answerWith: (...replies) => script.once('/api/chat', replies),
    alwaysAnswerWith: (reply) => script.always('/api/chat', reply),
    answerAt: (path, ...replies) => script.once(path, replies),
    chats: () => server.requestsTo('/api/chat').map((request) => request.body),
  }
}

const refusalOf = (options: FakeOllamaOptions, request: RecordedRequest): Reply | null =>
  options.key === undefined || request.headers['authorization'] === `Bearer ${options.key}`
    ? null
    : ollamaReply.error(401, `unauthorized: ${request.headers['authorization'] ?? 'no key'}`)

function answer(options: FakeOllamaOptions, request: RecordedRequest): Reply {
  const models = options.models ?? defaultModels
  const { path } = request
  if (path.endsWith('/api/version')) return jsonReply({ version: options.version ?? '0.12.0' })
  if (path.endsWith('/api/tags')) return jsonReply({ models: models.map((model) => tagOf(model, options)) })
  if (path.endsWith('/api/ps')) return jsonReply({ models: models.filter((model) => model.loaded).map(runningOf) })
  const name = Named.safeParse(request.body).data?.model
  const model = models.find((one) => one.name === name || one.name === `${name}:latest`)
  if (!model) return ollamaReply.error(404, `model '${name ?? ''}' not found`)
  if (path.endsWith('/api/show')) return jsonReply(shownOf(model, options))
  if (path.endsWith('/api/chat')) return ollamaReply.stream(FAKE_STORY, { model: model.name })
  if (path.endsWith('/api/embed')) return embeddings(request)
  return ollamaReply.error(404, 'not found')
}

function tagOf(model: FakeOllamaModel, options: FakeOllamaOptions) {
  const family = model.architecture ?? 'llama'
  return {
    name: model.name,
    model: model.name,
    modified_at: '2026-01-01T00:00:00Z',
    size: model.size ?? 4_700_000_000,
    digest: 'f'.repeat(64),
    details: { family, families: [family], parameter_size: '8.0B', quantization_level: model.quantization ?? 'Q4_K_M' },
    ...(options.old ? {} : { capabilities: model.capabilities ?? ['completion'] }),
    ...(model.remoteHost ? { remote_host: model.remoteHost, remote_model: model.name } : {}),
  }
}

function shownOf(model: FakeOllamaModel, options: FakeOllamaOptions) {
  const architecture = model.architecture ?? 'llama'
  return {
    template: '{{ .Prompt }}',
    details: tagOf(model, options).details,
    model_info: {
      'general.architecture': architecture,
      [`${architecture}.context_length`]: model.contextLength ?? 131_072,
      [`${architecture}.embedding_length`]: 4096,
    },
    ...(options.old ? {} : { capabilities: model.capabilities ?? ['completion'] }),
  }
}

const runningOf = (model: FakeOllamaModel) => ({
  name: model.name,
  model: model.name,
  size: model.size ?? 4_700_000_000,
  size_vram: model.size ?? 4_700_000_000,
  expires_at: '2026-01-01T00:05:00Z',
  context_length: 4096,
})

function embeddings(request: RecordedRequest): Reply {
  const { model, input, dimensions } = Embed.parse(request.body)
  const texts = textsOf(input)
  return jsonReply({
    model,
    embeddings: texts.map((text) => fakeVector(text, dimensions)),
    prompt_eval_count: texts.length,
  })
}
