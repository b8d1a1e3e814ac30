import { z } from 'zod'
import { FakeLibrary, type LibraryModel } from './fake-ollama-library'
import { refusalOf, type FakeOllamaAuth } from './fake-ollama-auth'
import { embeddingsReply, runningRow, shownBody, tagRow, type FakeOllamaModel } from './fake-ollama-shapes'
import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'
import { FAKE_STORY } from './fake-text'
import { ollamaReply } from './ollama-reply'
import { createReplyScript, type Scripted } from './reply-script'

export type { FakeOllamaModel } from './fake-ollama-shapes'

export interface FakeOllamaOptions {
  /** On the server from the start. */
  models?: readonly FakeOllamaModel[]
  /** What it can pull, beside the models that it has. */
  library?: readonly LibraryModel[]
  version?: string
  /** Answers in the shape of servers before 0.6.4, which tell no capabilities, and no context length of what runs. */
  old?: boolean
  /** The key it takes, as behind a proxy; without it it takes anything. */
  key?: string
  /** The same for every kind of auth. */
  auth?: FakeOllamaAuth
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
  /** Every request to this path gets this answer from now on; null ends it. */
  alwaysAnswerAt(path: string, reply: Scripted | null): void
  /** The bodies of all chat requests, in order. */
  chats(): unknown[]
  /** Names of the models that are on it now. */
  modelNames(): string[]
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

/** Older clients say `name`, newer ones `model`. */
const Named = z.looseObject({ model: z.string().optional(), name: z.string().optional() })
const Chat = z.looseObject({
  options: z.looseObject({ num_ctx: z.number().optional() }).optional(),
  /** A JSON Schema; its required fields become texts. */
  format: z
    .looseObject({ required: z.array(z.string()) })
    .optional()
    .catch(undefined),
})

/**
 * A server that speaks Ollama's own API, on a free port of 127.0.0.1. Used as `startFakeOpenAi` is:
 *
 *     const fake = await startFakeOllama({ models: [{ name: 'llama-test:8b', contextLength: 8192 }] })
 *     fake.answerWith(ollamaReply.stream(['Hello', gate, ' again']))
 *
 * It keeps what it is told: a pulled model is there, a deleted one is gone, and one that was asked is in memory.
 */
export async function startFakeOllama(options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const script = createReplyScript()
  const library = new FakeLibrary(options.models ?? defaultModels, options.library ?? [])
  const auth: FakeOllamaAuth | null = options.auth ?? (options.key === undefined ? null : { bearer: options.key })
  const server = await startFakeServer(
    (request) => refusalOf(auth, request) ?? script.take(request) ?? answer(options, library, request)
  )
  return {
    ...server,
    url: server.origin,
    answerWith: (...replies) => script.once('/api/chat', replies),
    alwaysAnswerWith: (reply) => script.always('/api/chat', reply),
    answerAt: (path, ...replies) => script.once(path, replies),
    alwaysAnswerAt: (path, reply) => script.always(path, reply),
    chats: () => server.requestsTo('/api/chat').map((request) => request.body),
    modelNames: () => library.models.map(({ name }) => name),
  }
}

function answer(options: FakeOllamaOptions, library: FakeLibrary, request: RecordedRequest): Reply {
  const { path } = request
  const old = options.old ?? false
  if (path.endsWith('/api/version')) return jsonReply({ version: options.version ?? '0.12.0' })
  if (path.endsWith('/api/tags')) return jsonReply({ models: library.models.map((model) => tagRow(model, old)) })
  if (path.endsWith('/api/ps')) {
    const loaded = library.models.filter((model) => model.loaded)
    return jsonReply({ models: loaded.map((model) => runningRow(model, old)) })
  }
  const named = Named.safeParse(request.body).data
  const name = named?.model ?? named?.name ?? ''
  if (path.endsWith('/api/pull')) return library.pull(name)
  const model = library.find(name)
  if (!model) return ollamaReply.error(404, `model '${name}' not found`)
  if (path.endsWith('/api/delete')) {
    if (request.method !== 'DELETE') return ollamaReply.error(405, 'method not allowed')
    library.remove(model)
    return { status: 200, headers: {}, steps: [] }
  }
  if (path.endsWith('/api/show')) return jsonReply(shownBody(model, old))
  if (path.endsWith('/api/chat')) {
    const chat = Chat.safeParse(request.body).data
    library.load(model, chat?.options?.num_ctx ?? 4096)
    const shaped =
      chat?.format && JSON.stringify(Object.fromEntries(chat.format.required.map((name) => [name, 'calm'])))
    return ollamaReply.stream(shaped ? [shaped] : FAKE_STORY, { model: model.name })
  }
  if (path.endsWith('/api/embed')) return embeddingsReply(request)
  return ollamaReply.error(404, 'not found')
}
