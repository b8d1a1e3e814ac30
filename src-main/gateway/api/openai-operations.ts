import { z } from 'zod'
import { ChatBody } from '@main/gateway/chat-request'
import { CompletionsBody } from '@main/gateway/completions-route'
import { EmbeddingsBody } from '@main/gateway/embeddings-route'
import { SpeechBody } from '@main/gateway/speech/speech-request'
import { ofAnswer, ofRequest } from './api-schema'
import type { DescribedOperation } from './operation'

const tag = 'OpenAI'
const count = z.int().nonnegative()

const ChatRequest = ofRequest('ChatRequest', ChatBody)
const CompletionsRequest = ofRequest('CompletionsRequest', CompletionsBody.extend({ prompt: z.string() }))
const EmbeddingsRequest = ofRequest(
  'EmbeddingsRequest',
  EmbeddingsBody.extend({ input: z.union([z.string(), z.array(z.string()).min(1).max(2048)]) })
)

const SpeechRequest = ofRequest('SpeechRequest', SpeechBody)

const ToolCall = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
})

const ChatCompletion = ofAnswer(
  'ChatCompletion',
  z.looseObject({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: count.describe('Unix seconds.'),
    model: z.string().describe('The one that was asked for; `x-fabula-model` says which one answered.'),
    choices: z.array(
      z.looseObject({
        index: count,
        message: z.looseObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          reasoning_content: z.string().optional(),
          tool_calls: z.array(ToolCall).optional(),
        }),
        finish_reason: z.enum(['stop', 'length', 'tool_calls']),
      })
    ),
    usage: z.looseObject({ prompt_tokens: count, completion_tokens: count, total_tokens: count }).optional(),
  })
)

const Completion = ofAnswer(
  'Completion',
  z.looseObject({
    id: z.string(),
    object: z.literal('text_completion'),
    created: count.describe('Unix seconds.'),
    model: z.string(),
    choices: z.array(z.looseObject({ index: count, text: z.string(), finish_reason: z.enum(['stop', 'length']) })),
    usage: z.looseObject({ prompt_tokens: count, completion_tokens: count, total_tokens: count }).optional(),
  })
)

const OpenAiModel = ofAnswer(
  'OpenAiModel',
  z.looseObject({ id: z.string(), object: z.literal('model'), created: count, owned_by: z.string() })
)
const OpenAiModels = ofAnswer('OpenAiModels', z.looseObject({ object: z.literal('list'), data: z.array(OpenAiModel) }))

const Embeddings = ofAnswer(
  'Embeddings',
  z.looseObject({
    object: z.literal('list'),
    model: z.string(),
    data: z.array(
      z.looseObject({
        object: z.literal('embedding'),
        index: count,
        embedding: z.union([z.array(z.number()), z.string().describe('32-bit floats in base64.')]),
      })
    ),
    usage: z.looseObject({ prompt_tokens: count, total_tokens: count }),
  })
)

const common = { tag, pathSchema: null, querySchema: null, bodySchema: null, isForAnyKey: true }

/** What of OpenAI's API the gateway has (`create-gateway-app.ts`). */
export const openAiOperations: readonly DescribedOperation[] = [
  {
    ...common,
    id: 'listOpenAiModels',
    method: 'GET',
    path: '/v1/models',
    summary: 'The models that the key may use',
    success: { status: 200, description: 'Their names.', schema: OpenAiModels },
  },
  {
    ...common,
    id: 'getOpenAiModel',
    method: 'GET',
    path: '/v1/models/{name}',
    summary: 'One model',
    pathSchema: z.strictObject({ name: z.string().describe('With its slashes, percent-encoded or not.') }),
    success: { status: 200, description: 'The model.', schema: OpenAiModel },
    failures: [404],
  },
  {
    ...common,
    id: 'createChatCompletion',
    method: 'POST',
    path: '/v1/chat/completions',
    summary: 'Have a model answer a chat',
    description:
      'With `stream`, the answer comes as server-sent events, as OpenAI sends them. What Fabula does not know is passed on to providers that speak OpenAI’s language.',
    bodySchema: ChatRequest,
    example: { model: 'openai/gpt-4.1-mini', messages: [{ role: 'user', content: 'Hello!' }] },
    success: {
      status: 200,
      description: 'The answer.',
      schema: ChatCompletion,
      mediaTypes: ['text/event-stream'],
    },
    failures: [404, 502, 504],
  },
  {
    ...common,
    id: 'createCompletion',
    method: 'POST',
    path: '/v1/completions',
    summary: 'Have a model go on with a text',
    description: 'Where the server behind has it. With `stream`, the answer comes as server-sent events.',
    bodySchema: CompletionsRequest,
    example: { model: 'demo/demo-novelist', prompt: 'Once upon a time' },
    success: { status: 200, description: 'What follows.', schema: Completion, mediaTypes: ['text/event-stream'] },
    failures: [404, 502, 504],
  },
  {
    ...common,
    id: 'createEmbeddings',
    method: 'POST',
    path: '/v1/embeddings',
    summary: 'Make vectors of texts',
    bodySchema: EmbeddingsRequest,
    example: { model: 'openai/text-embedding-3-small', input: ['Hello!'] },
    success: { status: 200, description: 'The vectors.', schema: Embeddings },
    failures: [404, 502, 504],
  },
  {
    ...common,
    id: 'createSpeech',
    method: 'POST',
    path: '/v1/audio/speech',
    summary: 'Read a text aloud',
    description:
      '`stage/voice` is the voice that is chosen in Fabula. Providers that make files themselves are asked for the format; of others, `wav` and `pcm` (16 bits, 24,000 hertz, one channel) can be had.',
    bodySchema: SpeechRequest,
    example: { model: 'openai/gpt-4o-mini-tts', input: 'Hello!', voice: 'alloy', response_format: 'wav' },
    success: {
      status: 200,
      description: 'The sound.',
      mediaTypes: ['audio/mpeg', 'audio/opus', 'audio/aac', 'audio/flac', 'audio/wav', 'audio/pcm'],
    },
    failures: [404, 502, 504],
  },
]
