import { z } from 'zod'
import { samplesAsBytes, wavFile } from '@main/providers/kit/wav'
import { chatReply } from './chat-reply'
import { FAKE_STORY, fakeVector, textsOf } from './fake-text'
import { fakeVoice } from './fake-voice'
import { jsonReply, startFakeServer, type FakeServer, type RecordedRequest, type Reply } from './fake-server'
import { flavourRefusal, type Flavour } from './openai-flavours'
import { createReplyScript, type Scripted } from './reply-script'

export interface FakeOpenAiOptions {
  /** Whose API it is: others refuse more than OpenAI's own, which it is unless said. */
  flavour?: Flavour
  /** Rows of `GET /models`; a plain id, or whatever the provider says of a model. */
  models?: readonly unknown[]
  /** Rows of `GET /embeddings/models`, which only OpenRouter has. */
  embeddingModels?: readonly unknown[]
  /** The keys it takes; without them it takes anything. */
  keys?: readonly string[]
  /** Rows to a page of `GET /models`, in OpenRouter's way. */
  pageSize?: number
  /** Dollars left, in `GET /key`. */
  creditLeft?: number | null
}

export interface FakeOpenAi extends FakeServer {
  /** The base URL to give to a provider. */
  url: string
  /** The next chat requests get these answers, one each; afterwards they get the fake story again. */
  answerWith(...replies: Scripted[]): void
  /** Every chat request gets this answer from now on; null brings the fake story back. */
  alwaysAnswerWith(reply: Scripted | null): void
  /** The same for another path: `/models`, `/key`, `/embeddings`. */
  answerAt(path: string, ...replies: Scripted[]): void
  /** The bodies of all chat requests, in order. */
  chats(): unknown[]
}

const Chat = z.looseObject({
  stream: z.boolean().optional(),
  model: z.string(),
  stream_options: z.looseObject({ include_usage: z.boolean() }).nullish(),
})
const Embedding = z.looseObject({ input: z.unknown(), dimensions: z.number().int().default(8) })

const Speech = z.looseObject({ model: z.string(), input: z.string().min(1), response_format: z.enum(['pcm', 'wav']) })

/**
 * A server that speaks OpenAI's API, with OpenRouter's additions, on a free port of 127.0.0.1.
 *
 *     const fake = await startFakeOpenAi({ keys: ['sk-good'], models: ['gpt-test'] })
 *     fake.answerWith(chatReply.stream(['Hello', gate, ' again']), chatReply.error(429, 'slow down'))
 *     … fake.url, fake.requests, await fake.nextRequest('/chat/completions') …
 *     await fake.stop()
 */
export async function startFakeOpenAi(options: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  const script = createReplyScript()
  const server = await startFakeServer(
    (request) =>
      refusalOf(options, request) ??
      flavourRefusal(options.flavour ?? 'openai', request) ??
      script.take(request) ??
      answer(options, request)
  )
  return {
    ...server,
    url: `${server.origin}/v1`,
    answerWith: (...replies) => script.once('/chat/completions', replies),
    alwaysAnswerWith: (reply) => script.always('/chat/completions', reply),
    answerAt: (path, ...replies) => script.once(path, replies),
    chats: () => server.requestsTo('/chat/completions').map((request) => request.body),
  }
}

/** The 401 for a wrong key, which, as the real one, repeats the key. */
function refusalOf(options: FakeOpenAiOptions, request: RecordedRequest): Reply | null {
  const key = /^Bearer (.*)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
  const open = request.path.endsWith('/models') && options.creditLeft !== undefined
  if (!options.keys || options.keys.includes(key) || open) return null
  return chatReply.error(401, {
    message: `Incorrect API key provided: ${key}. You can find your key in your account.`,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  })
}

function answer(options: FakeOpenAiOptions, request: RecordedRequest): Reply {
  const { path } = request
  if (path.endsWith('/chat/completions')) return story(request)
  if (path.endsWith('/embeddings/models'))
    return jsonReply({ data: rows(options.embeddingModels ?? ['fake-embedding']) })
  if (path.endsWith('/models')) return modelPage(options, request)
  if (path.endsWith('/key')) return jsonReply({ data: { label: 'fake', limit_remaining: options.creditLeft ?? null } })
  if (path.endsWith('/embeddings')) return embeddings(request)
  if (path.endsWith('/audio/speech')) return speech(request)
  return chatReply.error(404, `Unknown request URL: ${request.method} ${path}`)
}

function story(request: RecordedRequest): Reply {
  const body = Chat.parse(request.body)
  if (!body.stream) return chatReply.whole(FAKE_STORY.join(''), body.model)
  const usage = body.stream_options?.include_usage ? { prompt_tokens: 12, completion_tokens: 5 } : null
  return chatReply.stream(FAKE_STORY, { model: body.model, usage })
}

/** Bare samples, or a WAV file: as long as the text. */
function speech(request: RecordedRequest): Reply {
  const { input, response_format: format } = Speech.parse(request.body)
  const pcm = fakeVoice(input, 24_000)
  const [type, bytes] = format === 'wav' ? ['audio/wav', wavFile(pcm)] : ['audio/pcm', samplesAsBytes(pcm.samples)]
  return { status: 200, headers: { 'content-type': type }, steps: [bytes] }
}

const rows = (models: readonly unknown[]) =>
  models.map((model) => (typeof model === 'string' ? { id: model, object: 'model', owned_by: 'fake' } : model))

function modelPage(options: FakeOpenAiOptions, request: RecordedRequest): Reply {
  const all = rows(options.models ?? ['fake-model', 'fake-model-large'])
  const offset = Number(request.query['offset'] ?? 0)
  const size = options.pageSize ?? all.length
  const more = offset + size < all.length
  return jsonReply({
    object: 'list',
    data: all.slice(offset, offset + size),
    ...(options.pageSize
      ? { total_count: all.length, links: { next: more ? `/v1/models?offset=${offset + size}` : null } }
      : {}),
  })
}

/** Out of order, as the API allows: `index` says which vector belongs to which text. */
function embeddings(request: RecordedRequest): Reply {
  const { input, dimensions } = Embedding.parse(request.body)
  const texts = textsOf(input)
  const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: fakeVector(text, dimensions) }))
  return jsonReply({
    object: 'list',
    data: data.toReversed(),
    usage: { prompt_tokens: texts.length, total_tokens: texts.length },
  })
}
